import type { YamlNode } from '../source.ts';
import type { MappingType, Type } from './schema.ts';

type Mapping = Extract<YamlNode, { kind: 'mapping' }>;

/** Which of the mappings that may stand here was meant: by the keys that only one of them has, or by most keys. */
export function chooseMapping(type: Type, node: Mapping): MappingType | null {
  const [first = null, ...others] = type.mappings;
  if (first === null || others.length === 0) return first;
  if (type.name === 'runs-strict') return byUsing(type, node) ?? first;
  const keys = new Set(node.entries.map(({ key }) => key.value));
  let best = first;
  for (const candidate of others) if (score(candidate, keys) > score(best, keys)) best = candidate;
  return best;
}

/** What has all that it needs comes before what only has most. */
function score(mapping: MappingType, keys: ReadonlySet<string>): number {
  let known = 0;
  for (const key of keys) if (mapping.properties.has(key)) known += 1;
  const complete = mapping.required.every((name) => keys.has(name));
  return known + (complete ? 1000 : 0);
}

function byUsing(type: Type, node: Mapping): MappingType | undefined {
  const using = node.entries.find(({ key }) => key.value === 'using')?.value;
  const value = using?.kind === 'scalar' ? String(using.value) : '';
  const needs = value === 'docker' ? 'image' : value === 'composite' ? 'steps' : 'main';
  return type.mappings.find((mapping) => mapping.properties.has(needs));
}
