import type { oas31 } from 'zod-openapi';
import { type Html, type HtmlValue, html, joined, prose } from './html.ts';

export type Schema = oas31.SchemaObject | oas31.ReferenceObject;

/** The properties of an object and of the objects in it, as rows of a table; empty when there is none to name. */
export function shapeTable(schema: Schema): HtmlValue {
  const rows = rowsOf(schema, 0);
  return rows.length === 0 ? undefined : table(rows);
}

/** Parameters of one kind, as the same table. */
export function parameterTable(parameters: readonly oas31.ParameterObject[]): HtmlValue {
  if (parameters.length === 0) return undefined;
  return table(
    parameters.map(({ name, required, schema = {}, description }) =>
      row(name, schema, { depth: 0, required: required === true, description }),
    ),
  );
}

/** A type in a few words, with links to the shapes it names. */
export function typeOf(schema: Schema): HtmlValue {
  if (isReference(schema)) return html`<a href="#shape-${nameOf(schema)}">${nameOf(schema)}</a>`;
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return union(choices.map(typeOf));
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return union(schema.enum.map((value) => JSON.stringify(value)));
  if (schema.items) return listOf(schema.items);
  if (schema.additionalProperties && schema.additionalProperties !== true) {
    return html`map of ${typeOf(schema.additionalProperties)}`;
  }
  return plainTypeOf(schema);
}

function plainTypeOf(schema: oas31.SchemaObject): HtmlValue {
  if (Array.isArray(schema.type)) return union(schema.type);
  return schema.type ?? 'any value';
}

function listOf(items: Schema): Html {
  return html`list of ${typeOf(items)}`;
}

const union = (types: readonly HtmlValue[]): HtmlValue => joined(types, ' | ');

function table(rows: readonly HtmlValue[]): Html {
  return html`<table><tbody>${rows}</tbody></table>`;
}

function rowsOf(schema: Schema, depth: number): Html[] {
  const variants = objectsIn(schema);
  return variants.flatMap((variant, index) => [
    ...(index === 0 ? [] : [html`<tr class="or"><td colspan="2" class="depth-${depth}">or</td></tr>`]),
    ...Object.entries(variant.properties ?? {}).flatMap(([name, property]) => [
      row(name, property, { depth, required: variant.required?.includes(name) === true }),
      ...rowsOf(property, depth + 1),
    ]),
  ]);
}

/** The objects with properties of their own that a schema is, holds, or lets choose from. */
function objectsIn(schema: Schema): oas31.SchemaObject[] {
  if (isReference(schema)) return [];
  if (schema.properties) return [schema];
  if (schema.items) return objectsIn(schema.items);
  const held = schema.additionalProperties;
  if (held && held !== true) return objectsIn(held);
  return (schema.anyOf ?? schema.oneOf ?? []).flatMap(objectsIn);
}

function row(
  name: string,
  schema: Schema,
  about: { depth: number; required: boolean; description?: string | undefined },
): Html {
  const description = about.description ?? schema.description;
  return html`<tr>
    <th scope="row" class="depth-${about.depth}"><code>${name}</code></th>
    <td><span class="type">${typeOf(schema)}</span>${about.required ? undefined : html` <i>optional</i>`}${limits(schema)}${
      description === undefined ? undefined : html`<br>${prose(description)}`
    }</td>
  </tr>`;
}

/** What a value must keep to, as far as its type does not say it. */
function limits(schema: Schema): HtmlValue {
  if (isReference(schema)) return undefined;
  const { minimum, maximum, minLength, maxLength, pattern } = schema;
  return [
    schema.default === undefined
      ? undefined
      : html`<span>default <code>${JSON.stringify(schema.default)}</code></span>`,
    minimum === undefined && maximum === undefined
      ? undefined
      : html`<span>${between(minimum, maximum)}</span>`,
    maxLength === undefined && minLength === undefined
      ? undefined
      : html`<span>${between(minLength, maxLength)} characters</span>`,
    pattern === undefined ? undefined : html`<span><code>${pattern}</code></span>`,
  ].map((limit) => (limit === undefined ? undefined : html` <small>${limit}</small>`));
}

function between(least: number | undefined, most: number | undefined): string {
  if (least === undefined) return `at most ${most}`;
  return most === undefined ? `at least ${least}` : `${least} to ${most}`;
}

export function isReference(schema: Schema): schema is oas31.ReferenceObject {
  return typeof schema.$ref === 'string';
}

const nameOf = (reference: oas31.ReferenceObject): string => reference.$ref.split('/').at(-1) ?? '';
