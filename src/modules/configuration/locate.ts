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
import type { Located, Place } from './located.ts';
import { atKey, atValue, type Finding } from './problem.ts';
import { quotedKey } from './shown.ts';

const maxAliasedValues = 10_000;
const maxDepth = 64;

/**
 * Turns YAML nodes into plain values that remember where they stand. Aliases are expanded, within bounds:
 * 10,000 values through aliases, 64 levels deep. A number that would lose its spelling (`1.10`, `007`)
 * stays the text that was written.
 */
export function locate(contents: Node): { root: Located; findings: Finding[] } {
  const walk: Walk = {
    findings: [],
    targets: aliasTargets(contents),
    open: new Set(),
    aliasDepth: 0,
    aliasedValues: 0,
    saidTooMany: false,
  };
  const root = locateNode(walk, contents, { parent: null, place: null, keyOffset: startOf(contents) ?? 0 });
  return { root, findings: walk.findings };
}

interface Walk {
  findings: Finding[];
  targets: ReadonlyMap<Alias, Node>;
  /** The collections around the value that is being read: an alias to one of them has no end. */
  open: Set<Node>;
  aliasDepth: number;
  aliasedValues: number;
  saidTooMany: boolean;
}

type Spot = Pick<Located, 'parent' | 'place' | 'keyOffset'>;

/** An alias means the nearest anchor of its name before it, so nodes are visited in the file's order. */
function aliasTargets(contents: Node): Map<Alias, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  const pending: unknown[] = [contents];
  while (pending.length > 0) {
    const node = pending.pop();
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target) targets.set(node, target);
      continue;
    }
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) continue;
    if (node.anchor) anchors.set(node.anchor, node);
    for (const inner of innerNodes(node).reverse()) pending.push(inner);
  }
  return targets;
}

function innerNodes(node: Scalar | YAMLMap | YAMLSeq): unknown[] {
  if (isMap(node)) return node.items.flatMap((pair) => [pair.key, pair.value]);
  return isSeq(node) ? [...node.items] : [];
}

function locateNode(walk: Walk, node: unknown, spot: Spot): Located {
  if (isAlias(node)) return locateAlias(walk, node, spot);
  const located = nothingAt(node, spot);
  if (walk.aliasDepth > 0) walk.aliasedValues += 1;
  if (isScalar(node)) readScalar(walk, node, located);
  else if (isMap(node) || isSeq(node)) readCollection(walk, node, located);
  return located;
}

const noChildren: ReadonlyMap<Place, Located> = new Map();
const noneRepeated: readonly Located[] = [];

function nothingAt(node: unknown, spot: Spot): Located {
  return {
    ...spot,
    offset: startOf(node) ?? spot.keyOffset,
    value: null,
    text: '',
    children: noChildren,
    repeated: noneRepeated,
  };
}

function locateAlias(walk: Walk, alias: Alias, spot: Spot): Located {
  const located = nothingAt(alias, spot);
  const target = walk.targets.get(alias);
  if (target && walk.aliasedValues > maxAliasedValues) return tooManyValues(walk, located);
  const problem = aliasProblem(walk, alias, target);
  if (problem !== null) {
    walk.findings.push(atValue(located, problem));
    return located;
  }
  walk.aliasDepth += 1;
  const expanded = locateNode(walk, target, spot);
  walk.aliasDepth -= 1;
  return expanded;
}

/** Said once: it is true of every alias that follows. */
function tooManyValues(walk: Walk, located: Located): Located {
  if (!walk.saidTooMany) {
    const problem = `aliases expand to more than ${maxAliasedValues} values, from here on; write them out`;
    walk.findings.push(atValue(located, problem));
  }
  walk.saidTooMany = true;
  return located;
}

function aliasProblem(walk: Walk, alias: Alias, target: Node | undefined): string | null {
  // Not repeated: a password that starts with `*` and lacks quotes is read as one.
  if (!target) return 'this alias has no anchor before it; quote a text that starts with `*`';
  if (walk.open.has(target)) return `\`*${alias.source}\` contains itself`;
  return null;
}

function readScalar(walk: Walk, node: Scalar, located: Located): void {
  located.value = spelled(node);
  located.text = node.source ?? String(node.value ?? '');
  if (located.value === null && !node.source) located.offset = located.keyOffset;
  if (typeof located.value === 'string' && located.value.includes('\0')) {
    walk.findings.push(atValue(located, 'a value cannot contain the NUL character'));
  }
}

/** Env values are texts: `1.10` must not become 1.1 on the way. */
function spelled(node: Scalar): unknown {
  if (typeof node.value !== 'number' && typeof node.value !== 'boolean') return node.value;
  return node.source === undefined || node.source === String(node.value) ? node.value : node.source;
}

function readCollection(walk: Walk, node: YAMLMap | YAMLSeq, located: Located): void {
  if (walk.open.size >= maxDepth) {
    walk.findings.push(atValue(located, `nested more than ${maxDepth} levels deep`));
    return;
  }
  walk.open.add(node);
  located.text = null;
  if (isMap(node)) readMapping(walk, node, located);
  else readList(walk, node, located);
  walk.open.delete(node);
}

function readList(walk: Walk, node: YAMLSeq, located: Located): void {
  const children = new Map<Place, Located>();
  for (const [index, item] of node.items.entries()) {
    const keyOffset = startOf(item) ?? located.offset;
    children.set(index, locateNode(walk, item, { parent: located, place: index, keyOffset }));
  }
  located.children = children;
  located.value = Array.from(children.values(), (item) => item.value);
}

function readMapping(walk: Walk, node: YAMLMap, located: Located): void {
  // Without a prototype, so that no key can mean anything but itself.
  const value: Record<string, unknown> = Object.create(null);
  const children = new Map<Place, Located>();
  const repeated: Located[] = [];
  for (const pair of node.items) {
    const keyOffset = startOf(pair.key) ?? located.offset;
    const key = isScalar(pair.key) ? String(pair.key.source ?? pair.key.value) : '';
    const child = locateNode(walk, pair.value, { parent: located, place: key, keyOffset });
    const problem = isScalar(pair.key) ? keyProblem(key) : 'a key must be a plain word';
    const first = children.get(key);
    if (problem !== null) walk.findings.push(atKey(child, problem));
    else if (first) {
      walk.findings.push(atKey(child, `duplicate key ${quotedKey(key)}`, first));
      repeated.push(child);
    } else {
      children.set(key, child);
      value[key] = child.value;
    }
  }
  located.value = value;
  located.children = children;
  if (repeated.length > 0) located.repeated = repeated;
}

function keyProblem(key: string): string | null {
  if (key === '') return 'a key is missing before the `:`';
  if (key === '<<') return 'merge keys (`<<`) are not supported; use an alias for the whole value';
  return key === '__proto__' ? '`__proto__` cannot be a key' : null;
}

function startOf(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range?.[0] : undefined;
}
