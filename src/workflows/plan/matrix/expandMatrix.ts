import { areEqual, toText, type Value } from '../../expressions/index.ts';
import type { Combination } from '../plan.ts';

/** What is wrong with a matrix; `key` is the axis, `include` or `exclude` that it is about. */
export class MatrixError extends Error {
  readonly key: string | null;

  constructor(message: string, key: string | null) {
    super(message);
    this.name = 'MatrixError';
    this.key = key;
  }
}

const maxJobs = 256;
/** `exclude` may take away most of a product, but somebody has to look at all of it. */
const maxProduct = 100_000;

type Mapping = Readonly<Record<string, Value>>;
type Axes = readonly (readonly [name: string, values: readonly Value[]])[];

/**
 * The combinations of an evaluated matrix, in GitHub's order: the product of the axes, the last one fastest, without
 * what `exclude` matches; then each `include` that fits no combination. An `include` fits when its values of axes
 * are those of the combination; its other values are added, later ones over earlier ones. Throws `MatrixError`.
 */
export function expandMatrix(matrix: Value): Combination[] {
  const { axes, include, exclude } = readMatrix(matrix);
  const includes = include.map((entry) => splitInclude(entry, axes));
  const matched = new Set<Include>();
  const combinations: Combination[] = [];
  for (const base of product(axes)) {
    if (exclude.some((filter) => fits(filter, base))) continue;
    const extras: Mapping[] = [];
    for (const entry of includes) {
      if (!fits(entry.filter, base)) continue;
      matched.add(entry);
      extras.push(entry.extra);
    }
    add(combinations, { values: Object.assign({}, base, ...extras), label: labelOf(base) });
  }
  for (const entry of includes) {
    if (matched.has(entry)) continue;
    const values = { ...entry.filter, ...entry.extra };
    add(combinations, { values, label: labelOf(values) });
  }
  return combinations;
}

function add(combinations: Combination[], combination: Combination): void {
  if (combinations.length === maxJobs) throw tooMany();
  combinations.push(combination);
}

function tooMany(): MatrixError {
  return new MatrixError(`a matrix makes at most ${maxJobs} jobs, and this one makes more`, null);
}

interface Matrix {
  readonly axes: Axes;
  readonly include: readonly Mapping[];
  readonly exclude: readonly Mapping[];
}

function readMatrix(matrix: Value): Matrix {
  if (!isMapping(matrix)) throw new MatrixError(`a matrix must be a mapping, not ${shape(matrix)}`, null);
  const axes: (readonly [string, readonly Value[]])[] = [];
  for (const [name, values] of Object.entries(matrix)) {
    if (name === 'include' || name === 'exclude') continue;
    if (!isList(values))
      throw new MatrixError(`\`${name}\` must be a list of values, not ${shape(values)}`, name);
    if (values.length === 0) throw new MatrixError(`\`${name}\` has no values`, name);
    axes.push([name, values]);
  }
  const include = mappings(matrix, 'include');
  const exclude = mappings(matrix, 'exclude');
  if (axes.length === 0 && include.length === 0) {
    throw new MatrixError('a matrix needs at least one axis, or one entry of `include`', null);
  }
  for (const name of exclude.flatMap((filter) => Object.keys(filter))) {
    if (axisNamed(axes, name) === null)
      throw new MatrixError(`\`exclude\` names \`${name}\`, which is no axis`, 'exclude');
  }
  return { axes, include, exclude };
}

function mappings(matrix: Mapping, key: 'include' | 'exclude'): Mapping[] {
  const list = matrix[key] ?? [];
  if (!isList(list)) throw new MatrixError(`\`${key}\` must be a list of mappings, not ${shape(list)}`, key);
  return list.map((entry) => {
    if (!isMapping(entry))
      throw new MatrixError(`an entry of \`${key}\` must be a mapping, not ${shape(entry)}`, key);
    if (Object.keys(entry).length === 0) throw new MatrixError(`an entry of \`${key}\` is empty`, key);
    return entry;
  });
}

function axisNamed(axes: Axes, name: string): string | null {
  return axes.find(([axis]) => axis.toLowerCase() === name.toLowerCase())?.[0] ?? null;
}

interface Include {
  /** Values of axes: where they are the same, `extra` is added. */
  readonly filter: Mapping;
  readonly extra: Mapping;
}

function splitInclude(entry: Mapping, axes: Axes): Include {
  const filter: Record<string, Value> = {};
  const extra: Record<string, Value> = {};
  for (const [name, value] of Object.entries(entry)) {
    const axis = axisNamed(axes, name);
    if (axis === null) extra[name] = value;
    else filter[axis] = value;
  }
  return { filter, extra };
}

function* product(axes: Axes): Generator<Mapping> {
  const size = axes.length === 0 ? 0 : axes.reduce((total, [, values]) => total * values.length, 1);
  if (size > maxProduct) throw tooMany();
  for (let index = 0; index < size; index += 1) {
    const combination: Record<string, Value> = {};
    let block = size;
    for (const [name, values] of axes) {
      block /= values.length;
      combination[name] = values[Math.floor(index / block) % values.length] ?? null;
    }
    yield combination;
  }
}

/** Every leaf of the filter equals what stands there in the value, as `==` compares. */
function fits(filter: Value, value: Value): boolean {
  if (isList(filter))
    return filter.every((item, index) => fits(item, isList(value) ? (value[index] ?? null) : null));
  if (isMapping(filter))
    return Object.entries(filter).every(([name, item]) => fits(item, member(value, name)));
  return areEqual(value, filter);
}

function member(value: Value, name: string): Value {
  if (!isMapping(value)) return null;
  if (Object.hasOwn(value, name)) return value[name] ?? null;
  const found = Object.keys(value).find((key) => key.toLowerCase() === name.toLowerCase());
  return found === undefined ? null : (value[found] ?? null);
}

function labelOf(values: Mapping): string {
  return leaves(values)
    .filter((text) => text !== '')
    .join(', ');
}

function leaves(value: Value): string[] {
  if (value === null) return [];
  if (typeof value === 'object') return Object.values(value).flatMap(leaves);
  return [toText(value)];
}

function isMapping(value: Value): value is Mapping {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function shape(value: Value): string {
  if (value === null || value === '') return 'nothing';
  if (typeof value === 'object') return isList(value) ? 'a list' : 'a mapping';
  return `the text ${JSON.stringify(toText(value))}`;
}
