import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { maxDepth, type Problem } from './limits.ts';
import type { Lines } from './lines.ts';
import type { Located, Range, YamlEntry, YamlNode } from './source.ts';

/** Aliases stand for as many values at most; what they stand for is shared, but whoever walks it meets it again. */
const maxAliasedValues = 20_000;

/** Turns what the library read into nodes with places. An alias is the node that its anchor names, places and all. */
export function buildNode(
  contents: Node,
  lines: Lines,
): {
  node: YamlNode;
  problems: Problem[];
  hasAliases: boolean;
} {
  const build: Build = { lines, problems: [], anchors: new Map(), aliased: 0, depth: 0 };
  const { node } = buildAny(build, contents, 0);
  return { node, problems: build.problems, hasAliases: build.aliased > 0 };
}

interface Build {
  readonly lines: Lines;
  readonly problems: Problem[];
  /** `null` while its node is being built: an alias to it has no end. */
  readonly anchors: Map<string, Built | null>;
  aliased: number;
  depth: number;
}

interface Built {
  readonly node: YamlNode;
  /** How many values it holds, and how many levels, with what its aliases stand for. */
  readonly size: number;
  readonly height: number;
}

function buildAny(build: Build, node: unknown, at: number): Built {
  if (isAlias(node)) return buildAlias(build, node);
  const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
  if (anchor !== undefined) build.anchors.set(anchor, null);
  const built = buildValue(build, node, at);
  if (anchor !== undefined) build.anchors.set(anchor, built);
  return built;
}

function buildAlias(build: Build, alias: Alias): Built {
  const [start = 0, end = start + 1] = alias.range ?? [];
  const empty = leaf(null, build.lines.range(start, end));
  const report = (message: string): Built => {
    build.problems.push({ rule: 'alias', message, start, end });
    return empty;
  };
  const target = build.anchors.get(alias.source);
  if (target === undefined) return report(`no anchor \`&${alias.source}\` stands before this alias`);
  if (target === null) return report(`\`*${alias.source}\` contains itself`);
  if (build.depth + target.height > maxDepth) return report(`nested more than ${maxDepth} levels deep`);
  const wasTooMuch = build.aliased > maxAliasedValues;
  build.aliased += target.size;
  if (build.aliased <= maxAliasedValues) return target;
  if (wasTooMuch) return empty;
  return report(`aliases stand for more than ${maxAliasedValues} values; write them out`);
}

function buildValue(build: Build, node: unknown, at: number): Built {
  if (isScalar(node)) return leaf(scalarOf(node), rangeOf(build, node, at));
  if (!isMap(node) && !isSeq(node)) return leaf(null, build.lines.range(at, at));
  if (build.depth >= maxDepth) {
    const start = node.range?.[0] ?? at;
    const message = `nested more than ${maxDepth} levels deep`;
    build.problems.push({ rule: 'nesting', message, start, end: start + 1 });
    return leaf(null, build.lines.range(at, at));
  }
  build.depth += 1;
  const built = isMap(node) ? buildMapping(build, node, at) : buildSequence(build, node, at);
  build.depth -= 1;
  return built;
}

function leaf(value: string | number | boolean | null, at: Range): Built {
  return { node: { kind: 'scalar', value, at }, size: 1, height: 0 };
}

function scalarOf(node: Scalar): string | number | boolean | null {
  const { value } = node;
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return node.source ?? String(value);
}

function buildSequence(build: Build, node: YAMLSeq, at: number): Built {
  const range = rangeOf(build, node, at);
  const items = node.items.map((item) => buildAny(build, item, node.range?.[0] ?? at));
  return { node: { kind: 'sequence', items: items.map((item) => item.node), at: range }, ...measure(items) };
}

function buildMapping(build: Build, node: YAMLMap, at: number): Built {
  const entries: YamlEntry[] = [];
  const values: Built[] = [];
  const seen = new Map<string, number>();
  for (const pair of node.items) {
    const key = readKey(build, pair.key, at);
    const value = buildAny(build, pair.value, build.lines.offset(key.at.end));
    if (!isNew(build, seen, key)) continue;
    entries.push({ key, value: value.node });
    values.push(value);
  }
  return { node: { kind: 'mapping', entries, at: rangeOf(build, node, at) }, ...measure(values) };
}

function readKey(build: Build, node: unknown, at: number): Located<string> {
  const known = isAlias(node) ? buildAlias(build, node).node : null;
  if (known?.kind === 'scalar') return { value: String(known.value ?? ''), at: known.at };
  const range = rangeOf(build, isScalar(node) || isMap(node) || isSeq(node) ? node : null, at);
  const report = (message: string) =>
    build.problems.push({ rule: 'syntax', message, ...offsets(build, range) });
  if (!isScalar(node)) {
    report('a key must be a plain word');
    return { value: '', at: range };
  }
  const value = typeof node.value === 'string' ? node.value : (node.source ?? '');
  if (value === '' && node.value === null) report('a key is missing before the `:`');
  if (value === '<<' && node.type === 'PLAIN') {
    report('merge keys (`<<`) are not supported; repeat the entries, or use an alias for the whole value');
  }
  return { value, at: range };
}

function isNew(build: Build, seen: Map<string, number>, key: Located<string>): boolean {
  const first = seen.get(key.value);
  if (first === undefined) {
    seen.set(key.value, key.at.start.line);
    return true;
  }
  const message = `\`${key.value}\` stands here twice: first on line ${first}`;
  build.problems.push({ rule: 'duplicate-key', message, ...offsets(build, key.at) });
  return false;
}

function measure(parts: readonly Built[]): Pick<Built, 'size' | 'height'> {
  let size = 1;
  let height = 0;
  for (const part of parts) {
    size += part.size;
    height = Math.max(height, part.height);
  }
  return { size, height: height + 1 };
}

function rangeOf(build: Build, node: Node | null, at: number): Range {
  const [start, end] = node?.range ?? [at, at];
  return build.lines.range(start, end);
}

function offsets(build: Build, range: Range): { start: number; end: number } {
  return { start: build.lines.offset(range.start), end: build.lines.offset(range.end) };
}
