import type { oas31 } from 'zod-openapi';
import { isReference, type Schema } from './shape.ts';

/** A request that could be typed as it stands, given a token in `SLIPWAY_TOKEN`. */
export function exampleRequest(
  document: oas31.OpenAPIObject,
  operation: { method: string; path: string; operation: oas31.OperationObject },
): string {
  const { method, path, operation: about } = operation;
  const parameters = (about.parameters ?? []).filter((parameter) => 'in' in parameter);
  const lines = [
    `curl${method === 'get' ? '' : ` -X ${method.toUpperCase()}`} ${quoted(urlOf(document, path, parameters))}`,
    ...(about.security?.length === 0 ? [] : ['-H "Authorization: Bearer $SLIPWAY_TOKEN"']),
    ...(parameters.some(({ name }) => name === 'Idempotency-Key')
      ? ['-H "Idempotency-Key: $(uuidgen)"']
      : []),
    ...(parameters.some(({ name }) => name === 'Last-Event-ID') ? ['--no-buffer'] : []),
    ...bodyOf(document, about),
  ];
  return lines.join(' \\\n  ');
}

function urlOf(
  document: oas31.OpenAPIObject,
  path: string,
  parameters: readonly oas31.ParameterObject[],
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(pathSamples[name] ?? samples[name] ?? name)),
  );
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required === true)
    .map(
      ({ name, schema = {} }) => `${name}=${encodeURIComponent(String(exampleOf(document, name, schema)))}`,
    );
  return `${document.servers?.[0]?.url ?? ''}${filled}${query.length === 0 ? '' : `?${query.join('&')}`}`;
}

function bodyOf(document: oas31.OpenAPIObject, operation: oas31.OperationObject): string[] {
  if (operation.requestBody === undefined || !('content' in operation.requestBody)) return [];
  const schema = operation.requestBody.content['application/json']?.schema ?? {};
  const body = JSON.stringify(exampleOf(document, '', schema));
  return ["-H 'Content-Type: application/json'", `-d ${quoted(body)}`];
}

/** A value that the schema takes: what it must have, and what people usually send. */
export function exampleOf(document: oas31.OpenAPIObject, name: string, schema: Schema): unknown {
  if (isReference(schema)) return exampleOf(document, name, resolve(document, schema));
  if (schema.properties) return exampleObject(document, schema);
  if (schema.example !== undefined) return schema.example;
  if (name in samples) return samples[name];
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [choice] = schema.anyOf ?? schema.oneOf ?? [];
  if (choice) return exampleOf(document, name, choice);
  if (schema.items) return [exampleOf(document, name, schema.items)];
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  return type === 'integer' || type === 'number'
    ? 1
    : type === 'boolean'
      ? true
      : type === 'object'
        ? {}
        : 'text';
}

function exampleObject(document: oas31.OpenAPIObject, schema: oas31.SchemaObject): Record<string, unknown> {
  const properties = Object.entries(schema.properties ?? {});
  const shown = properties.filter(([name]) => schema.required?.includes(name) || usuallySent.has(name));
  return Object.fromEntries(shown.map(([name, property]) => [name, exampleOf(document, name, property)]));
}

function resolve(document: oas31.OpenAPIObject, reference: oas31.ReferenceObject): Schema {
  return document.components?.schemas?.[reference.$ref.split('/').at(-1) ?? ''] ?? {};
}

/** One story through all examples: Ada ships the app harbor. */
const samples: Record<string, unknown> = {
  app: 'harbor',
  environment: 'production',
  repository: 'harbor',
  team: 'harbor',
  slug: 'harbor',
  number: 12,
  id: 7,
  username: 'ada',
  name: 'ci',
  password: 'correct horse battery',
  current: 'correct horse battery',
  ref: 'main',
  to: ':previous',
  sha: '3f2c9a41d07be85566f0a9d2c41b7e08d5a6f913',
  reason: 'the database is being moved',
  value: 's3cret',
  status: 'completed',
  conclusion: 'success',
  text: 'error',
};
const pathSamples: Record<string, unknown> = { name: 'deploy-key' };
const usuallySent = new Set([
  'name',
  'status',
  'ref',
  'to',
  'app',
  'environment',
  'conclusion',
  'start_waiting',
  'scopes',
  'role',
]);

const quoted = (text: string): string =>
  /^[\w:/.@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
