import type { YamlNode } from '../source.ts';
import type { Type } from './schema.ts';

/** What may stand at a place, for people: `a text or a list`. */
export function expected(type: Type): string {
  const kinds = [
    type.text === null ? null : textOf(type.text),
    type.boolean ? 'true or false' : null,
    type.number ? 'a number' : null,
    type.sequence === null ? null : 'a list',
    type.mappings.length === 0 ? null : 'a mapping',
    type.null ? 'nothing' : null,
  ].filter((kind) => kind !== null);
  return kinds.length === 0 ? 'something else' : kinds.join(' or ');
}

function textOf({ values, mayBeEmpty }: NonNullable<Type['text']>): string {
  if (values !== null && values.length <= 6) return values.map((value) => `\`${value}\``).join(' or ');
  return mayBeEmpty ? 'text' : 'a text that is not empty';
}

/** What stands there, for people. */
export function kindOf(node: YamlNode): string {
  if (node.kind === 'sequence') return 'a list';
  if (node.kind === 'mapping') return 'a mapping';
  if (node.value === null) return 'nothing';
  if (typeof node.value === 'string') return `the text \`${shorten(node.value)}\``;
  return `\`${String(node.value)}\``;
}

const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);
