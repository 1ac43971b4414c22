import { nearest, suggestion } from '../../../platform/text/nearest.ts';
import { hasExpression, toText } from '../../expressions/index.ts';
import { literalOf } from '../literal.ts';
import type { Located, Range, YamlEntry, YamlNode } from '../source.ts';
import { chooseMapping } from './chooseMapping.ts';
import { expected, kindOf } from './describe.ts';
import { type Allowed, type MappingType, nothingAllowed, type Schema, type Type } from './schema.ts';

type Mapping = Extract<YamlNode, { kind: 'mapping' }>;
type Sequence = Extract<YamlNode, { kind: 'sequence' }>;
type Scalar = Extract<YamlNode, { kind: 'scalar' }>;

/** A text in which expressions stand, or that is one: `if:` needs no `${{ }}`. */
export interface Site {
  readonly text: Located<string>;
  readonly allowed: Allowed;
  readonly isCondition: boolean;
  readonly isKey: boolean;
  /** The name of its type in the schema: `step-if`. */
  readonly type: string;
}

export interface Report {
  readonly rule: string;
  readonly message: string;
  readonly at: Range;
}

export interface Validation {
  readonly reports: Report[];
  readonly sites: Site[];
}

/** Holds a document against a definition of the schema. */
export function validate(schema: Schema, root: YamlNode, type: string): Validation {
  const walk: Walk = { schema, reports: [], sites: [] };
  validateNode(walk, root, type, nothingAllowed);
  return walk;
}

interface Walk extends Validation {
  readonly schema: Schema;
}

function validateNode(walk: Walk, node: YamlNode, typeName: string, around: Allowed): void {
  const type = walk.schema.type(typeName);
  const allowed = type.allowed ?? around;
  if (node.kind === 'scalar') validateScalar(walk, node, type, allowed);
  else if (type.any) validateAny(walk, node, allowed);
  else if (node.kind === 'sequence') validateSequence(walk, node, type, allowed);
  else validateMapping(walk, node, type, allowed);
}

function validateAny(walk: Walk, node: YamlNode, allowed: Allowed): void {
  for (const item of node.kind === 'sequence' ? node.items : []) validateNode(walk, item, 'any', allowed);
  for (const entry of node.kind === 'mapping' ? node.entries : []) {
    if (hasExpression(entry.key.value) && allowed.contexts.length > 0) validateKey(walk, entry.key, allowed);
    validateNode(walk, entry.value, 'any', allowed);
  }
}

function validateSequence(walk: Walk, node: Sequence, type: Type, allowed: Allowed): void {
  if (type.sequence === null) {
    report(walk, 'wrong-type', wrongKind(node, type), firstOf(node));
    return;
  }
  for (const item of node.items) validateNode(walk, item, type.sequence, allowed);
}

function validateScalar(walk: Walk, node: Scalar, type: Type, allowed: Allowed): void {
  const { value } = node;
  if (typeof value === 'string' && (hasExpression(value) || isCondition(type))) {
    addSite(walk, node, type, allowed);
    return;
  }
  if (type.any || acceptsAsIs(type, value)) return;
  if (type.text === null) report(walk, 'wrong-type', wrongKind(node, type), node.at);
  else validateText(walk, toText(value), type, type.text, node.at);
}

function acceptsAsIs(type: Type, value: Scalar['value']): boolean {
  if (typeof value === 'boolean') return type.boolean;
  if (typeof value === 'number') return type.number;
  return value === null && type.null;
}

function validateText(
  walk: Walk,
  text: string,
  type: Type,
  rule: NonNullable<Type['text']>,
  at: Range,
): void {
  const { values, mayBeEmpty } = rule;
  if (values !== null && !values.includes(text)) {
    const what = type.name.startsWith('on-s') ? 'event' : 'value';
    const shown = text === '' ? `a ${what} is missing` : `unknown ${what} \`${text}\``;
    report(walk, 'unknown-value', `${shown}${suggestion(text, values)}`, at);
  } else if (text === '' && !mayBeEmpty) {
    report(walk, 'empty', `expected ${expected(type)}, found nothing`, at);
  }
}

function isCondition(type: Type): boolean {
  return type.name.endsWith('-if');
}

function addSite(walk: Walk, node: Scalar, type: Type, allowed: Allowed): void {
  const text = { value: String(node.value), at: node.at };
  const literal = allowed.contexts.length === 0 ? literalOf(text.value) : null;
  if (literal !== null && type.text !== null) validateText(walk, literal, type, type.text, node.at);
  else if (allowed.contexts.length === 0) report(walk, 'expression', notEvaluated, node.at);
  else walk.sites.push({ text, allowed, isCondition: isCondition(type), isKey: false, type: type.name });
}

const notEvaluated = 'no expression can stand here: `${{ }}` is not evaluated';

function validateMapping(walk: Walk, node: Mapping, type: Type, allowed: Allowed): void {
  const mapping = chooseMapping(type, node);
  if (mapping === null) {
    report(walk, 'wrong-type', wrongKind(node, type), firstOf(node));
    return;
  }
  const seen = new Map<string, Located<string>>();
  const inner = walk.schema.type(mapping.name).allowed ?? allowed;
  for (const entry of node.entries) {
    reportTwin(walk, seen, entry.key);
    validateEntry(walk, entry, { mapping, type, node, allowed: inner });
  }
  reportMissing(walk, node, mapping, type);
}

/** GitHub compares keys without regard to case. */
function reportTwin(walk: Walk, seen: Map<string, Located<string>>, key: Located<string>): void {
  const folded = key.value.toUpperCase();
  const first = seen.get(folded);
  if (first === undefined) seen.set(folded, key);
  else {
    const message = `\`${key.value}\` and \`${first.value}\` on line ${first.at.start.line} are the same: case does not matter in keys`;
    report(walk, 'duplicate-key', message, key.at);
  }
}

interface Around {
  readonly mapping: MappingType;
  readonly type: Type;
  readonly node: Mapping;
  readonly allowed: Allowed;
}

function validateEntry(walk: Walk, { key, value }: YamlEntry, around: Around): void {
  const { mapping, allowed } = around;
  const property = mapping.properties.get(key.value);
  const isExpression = hasExpression(key.value);
  if (property !== undefined) validateNode(walk, value, property.type, allowed);
  else if (mapping.looseKeys === null && !(isExpression && allowed.contexts.length > 0)) {
    report(walk, 'unknown-key', unknownKey(key.value, around), key.at);
  } else {
    if (isExpression) validateKey(walk, key, allowed);
    else if (key.value === '') report(walk, 'empty', 'a key cannot be empty', key.at);
    validateNode(walk, value, mapping.looseKeys === null ? 'any' : mapping.looseValues, allowed);
  }
}

function validateKey(walk: Walk, text: Located<string>, allowed: Allowed): void {
  if (allowed.contexts.length === 0) report(walk, 'expression', notEvaluated, text.at);
  else walk.sites.push({ text, allowed, isCondition: false, isKey: true, type: 'key' });
}

function unknownKey(key: string, { mapping, type, node }: Around): string {
  const present = new Set(node.entries.map((entry) => entry.key.value));
  const elsewhere = type.mappings.some((other) => other !== mapping && other.properties.has(key));
  const deciding = mapping.required.find((name) => present.has(name));
  if (elsewhere && deciding !== undefined) return `\`${key}\` cannot stand beside \`${deciding}\``;
  const known = [...mapping.properties.keys()];
  const left = known.filter((name) => !present.has(name));
  return `unknown key \`${key}\`${suggestion(key, nearest(key, left) === null ? known : left)}`;
}

function reportMissing(walk: Walk, node: Mapping, mapping: MappingType, type: Type): void {
  if (node.entries.some((entry) => hasExpression(entry.key.value))) return;
  const present = new Set(node.entries.map((entry) => entry.key.value));
  const missing = mapping.required.filter((name) => !present.has(name));
  if (missing.length > 0)
    report(walk, 'missing-key', missingKeys(missing, present, mapping, type), firstOf(node));
}

function missingKeys(
  missing: readonly string[],
  present: ReadonlySet<string>,
  mapping: MappingType,
  type: Type,
): string {
  const quoted = missing.map((name) => `\`${name}\``);
  const isDecided = present.has('steps') || mapping.required.some((name) => present.has(name));
  const other = type.mappings.find((each) => each !== mapping && each.required.length > 0);
  const instead = other === undefined || isDecided ? undefined : other.required[0];
  if (instead !== undefined) return `${quoted[0]} or \`${instead}\` is missing`;
  return `${quoted.join(' and ')} ${quoted.length === 1 ? 'is' : 'are'} missing`;
}

/** A collection is pointed at by its beginning. */
function firstOf(node: YamlNode): Range {
  if (node.kind !== 'mapping') return node.at;
  return node.entries[0]?.key.at ?? node.at;
}

function wrongKind(node: YamlNode, type: Type): string {
  return `expected ${expected(type)}, found ${kindOf(node)}`;
}

function report(walk: Walk, rule: string, message: string, at: Range): void {
  walk.reports.push({ rule, message, at });
}
