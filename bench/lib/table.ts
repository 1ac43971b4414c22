import { type Aim, type Measurement, moreIsBetter, type Unit } from './bench.ts';
import { quantile, quantiles } from './statistics.ts';

const headings = ['what', 'n', 'p50', 'p95', 'p99', 'floor', 'floor p50', 'ratio', 'aim', 'met'];
const leftAligned = new Set(['what', 'floor', 'aim', 'met']);

/** The measurements as lines of aligned columns. */
export function textTable(measurements: readonly Measurement[]): string {
  const rows = [headings, ...measurements.map(cellsOf)];
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => pad(cell, column, widths))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The same in Markdown. */
export function markdownTable(measurements: readonly Measurement[]): string {
  const rule = headings.map((heading) => (leftAligned.has(heading) ? ':--' : '--:'));
  const rows = [headings, rule, ...measurements.map(cellsOf)];
  return rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** Whether the aim was reached; undefined where none was set. */
export function isMet(measurement: Measurement): boolean | undefined {
  const { aim, unit } = measurement;
  if (aim === undefined) return undefined;
  const reached = reachedOf(measurement, aim);
  return moreIsBetter(unit) && aim.of !== 'ratio' ? reached >= aim.limit : reached <= aim.limit;
}

function cellsOf(measurement: Measurement): string[] {
  const { what, unit, samples, floor, aim } = measurement;
  const met = isMet(measurement);
  return [
    what,
    String(samples.length),
    ...quantiles.map((which) =>
      which !== 'p50' && samples.length < 5 ? '' : amount(quantile(samples, which, moreIsBetter(unit)), unit),
    ),
    floor?.what ?? '',
    floor === undefined ? '' : amount(quantile(floor.samples, 'p50', moreIsBetter(unit)), unit),
    floor === undefined ? '' : `${digits(ratioToFloor(measurement))}×`,
    aim === undefined ? '' : describeAim(aim, unit),
    met === undefined ? '' : met ? 'yes' : 'NO',
  ];
}

function reachedOf(measurement: Measurement, { of }: Aim): number {
  if (of === 'ratio') return ratioToFloor(measurement);
  if (of === 'over floor') {
    const { samples, floor, unit } = measurement;
    const [own, least] = [samples, floor?.samples ?? []].map((each) =>
      quantile(each, 'p50', moreIsBetter(unit)),
    );
    return (own ?? Number.NaN) - (least ?? Number.NaN);
  }
  return quantile(measurement.samples, of, moreIsBetter(measurement.unit));
}

/** How many times worse than the floor. */
function ratioToFloor({ what, samples, floor, unit }: Measurement): number {
  if (floor === undefined) throw new Error(`${what} has no floor to stand beside`);
  const own = quantile(samples, 'p50', moreIsBetter(unit));
  const least = quantile(floor.samples, 'p50', moreIsBetter(unit));
  return moreIsBetter(unit) ? least / own : own / least;
}

function describeAim({ of, limit }: Aim, unit: Unit): string {
  if (of === 'ratio') return `ratio ≤ ${limit}×`;
  return `${of} ${moreIsBetter(unit) ? '≥' : '≤'} ${limit} ${unit}`;
}

const amount = (value: number, unit: Unit) => `${digits(value)} ${unit}`;

/** Three digits that count. */
const digits = (value: number) => value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);

function pad(cell: string, column: number, widths: readonly number[]): string {
  const width = widths[column] ?? 0;
  return leftAligned.has(headings[column] ?? '') ? cell.padEnd(width) : cell.padStart(width);
}
