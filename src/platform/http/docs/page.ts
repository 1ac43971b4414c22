import type { oas31 } from 'zod-openapi';
import type { Access } from '../../../contract/endpoint.ts';
import { httpStatusOf } from '../../../contract/problem.ts';
import { exampleRequest } from './example.ts';
import { type Html, type HtmlValue, html, prose } from './html.ts';
import { accessExtension } from './openApi.ts';
import { isReference, parameterTable, type Schema, shapeTable, typeOf } from './shape.ts';

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly operation: oas31.OperationObject;
}

/** The readable page of an OpenAPI document. It needs no script, and nothing from elsewhere but its style sheet. */
export function documentationPage(document: oas31.OpenAPIObject): string {
  const operations = operationsOf(document);
  const tags = (document.tags ?? []).map(({ name }) => ({
    name,
    operations: operations.filter(({ operation }) => operation.tags?.includes(name)),
  }));
  const { title, version, description = '' } = document.info;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} API</title>
<link rel="stylesheet" href="docs.css">
</head>
<body>
<a class="skip" href="#content">Skip to the operations</a>
<header>
  <h1>${title} <span>HTTP API</span></h1>
  <p>Version ${version} · <code>${document.servers?.[0]?.url}</code> · <a href="openapi.json">OpenAPI 3.1 document</a></p>
</header>
<div class="columns">
${index(tags)}
<main id="content">
  <section id="overview" class="overview">${paragraphs(description)}${problemList()}</section>
  ${tags.map(
    (tag) => html`<section id="tag-${tag.name}">
    <h2>${tag.name}</h2>
    ${tag.operations.map((operation) => operationArticle(document, operation))}
  </section>`,
  )}
  <section id="shapes">
    <h2>Shapes</h2>
    ${Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => shapeArticle(name, schema))}
  </section>
</main>
</div>
</body>
</html>
`.markup;
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

function operationsOf(document: oas31.OpenAPIObject): Operation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ method, path, operation }];
    }),
  );
}

function index(tags: readonly { name: string; operations: readonly Operation[] }[]): Html {
  return html`<nav aria-label="Operations">
  <a class="top" href="#overview">Overview</a>
  ${tags.map(
    ({ name, operations }) => html`<section>
    <h2><a href="#tag-${name}">${name}</a></h2>
    <ul>${operations.map(
      ({ method, operation }) => html`
      <li><a href="#${operation.operationId}">${badge(method)} <span>${prose(operation.summary ?? '')}</span></a></li>`,
    )}
    </ul>
  </section>`,
  )}
  <a class="top" href="#shapes">Shapes</a>
</nav>`;
}

// What only reads is drawn as an outline, what changes something is filled: legible without colour.
const badge = (method: string): Html =>
  html`<b class="method ${method === 'get' ? 'reads' : 'changes'}">${method.toUpperCase()}</b>`;

function operationArticle(document: oas31.OpenAPIObject, shown: Operation): Html {
  const { method, path, operation } = shown;
  return html`<article id="${operation.operationId}">
  <h3><a href="#${operation.operationId}">${prose(operation.summary ?? '')}</a></h3>
  <p class="request">${badge(method)} <code>${pathOf(path)}</code></p>
  <p class="access">${accessOf(operation)}</p>
  ${operation.description === undefined ? undefined : paragraphs(operation.description)}
  ${parametersOf(operation)}
  ${requestBodyOf(operation)}
  <h4>Example</h4>
  <pre tabindex="0"><code>${exampleRequest(document, shown)}</code></pre>
  ${Object.entries(operation.responses ?? {}).flatMap(([status, response]) => answerOf(status, response))}
  ${problemsOf(document, operation)}
</article>
`;
}

/** A long path breaks before its slashes. */
const pathOf = (path: string): HtmlValue[] => path.split(/(?=\/)/).map((part) => html`<wbr>${part}`);

const paragraphs = (text: string): Html[] => text.split(/\n{2,}/).map((part) => html`<p>${prose(part)}</p>`);

function accessOf(operation: oas31.OperationObject): Html {
  const access = operation[accessExtension] as Access;
  if (access === 'public') return html`Anyone, without signing in`;
  const who = access.role === 'viewer' ? 'Everyone who is signed in' : `Role ${access.role} or above`;
  return html`${who} · a token needs the scope <code>${access.scope}</code>`;
}

function parametersOf(operation: oas31.OperationObject): HtmlValue {
  const all = (operation.parameters ?? []).filter((parameter) => 'in' in parameter);
  const kinds = [
    ['path', 'In the path'],
    ['query', 'In the query'],
    ['header', 'Headers'],
  ] as const;
  return kinds.map(([kind, title]) => {
    const parameters = all.filter((parameter) => parameter.in === kind);
    return parameters.length === 0 ? undefined : html`<h4>${title}</h4>${parameterTable(parameters)}`;
  });
}

function requestBodyOf(operation: oas31.OperationObject): HtmlValue {
  const body = operation.requestBody;
  if (body === undefined || !('content' in body)) return undefined;
  const schema = body.content['application/json']?.schema ?? {};
  return html`<h4>Body${body.required ? undefined : html` <i>optional</i>`}</h4>${shapeTable(schema)}`;
}

/** A success: what it is, in words and as a shape. Problems are listed apart, for they all look alike. */
function answerOf(status: string, response: oas31.ResponseObject | oas31.ReferenceObject): HtmlValue[] {
  if ('$ref' in response) return [];
  const { description, content = {} } = response as oas31.ResponseObject;
  const [[type, media] = []] = Object.entries(content);
  const shape = media?.schema;
  return [
    html`<h4>Answer <code>${status}</code></h4>
  <p>${prose(description ?? '')}${
    shape === undefined ? undefined : html` <code>${type}</code>: <span class="type">${typeOf(shape)}</span>`
  }</p>${shape === undefined ? undefined : shapeTable(shape)}`,
  ];
}

function problemsOf(document: oas31.OpenAPIObject, operation: oas31.OperationObject): Html {
  const names = Object.values(operation.responses ?? {}).flatMap((response) =>
    '$ref' in response && typeof response.$ref === 'string' ? [response.$ref.split('/').at(-1) ?? ''] : [],
  );
  const known = names.filter((name) => name in httpStatusOf && document.components?.responses?.[name]);
  return html`<p class="problems">Problems: ${known.map((code) => html`<code>${code}</code> `)}</p>`;
}

function problemList(): Html {
  return html`<ul class="codes">${Object.entries(httpStatusOf).map(
    ([code, status]) => html`<li>${status} <code>${code}</code></li>`,
  )}</ul>`;
}

function shapeArticle(name: string, schema: Schema): Html {
  const description = isReference(schema) ? undefined : schema.description;
  return html`<article id="shape-${name}">
  <h3><a href="#shape-${name}">${name}</a></h3>
  ${description === undefined ? undefined : paragraphs(description)}
  ${shapeTable(schema) ?? html`<p><span class="type">${typeOf(schema)}</span></p>`}
</article>
`;
}
