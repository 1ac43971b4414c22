import { plainLine } from './plainText.ts';
import type { Style } from './terminal.ts';
import { displayWidth, pad, truncate } from './width.ts';

/** A cell: its text, and how it is painted. */
export type Cell = string | { readonly text: string; readonly style: Style | readonly Style[] };

export interface Column {
  readonly title: string;
  readonly align?: 'right';
  /** Gives way when the terminal is narrow, and goes on to the end of the line when it is the last. */
  readonly flexible?: boolean;
}

export interface TableSurface {
  readonly columns: number;
  paint(style: Style | readonly Style[], text: string): string;
}

const gap = 2;
const narrowest = 8;

/**
 * The lines of a table. Columns are as wide as their widest cell; when that is too much for the terminal, the
 * flexible ones are cut, the widest first. Texts are cleaned of what a terminal would obey.
 */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  surface: TableSurface,
): string[] {
  const texts = rows.map((row) => columns.map((_, index) => plainLine(textOf(row[index] ?? ''))));
  const widths = shrink(columns, naturalWidths(columns, texts), surface.columns);
  const line = (cells: readonly string[], paint: (text: string, index: number) => string) =>
    cells
      .map((text, index) => {
        const width = widths[index] ?? 0;
        const shown = truncate(text, width);
        const padded = index === cells.length - 1 && !columns[index]?.align;
        const filled = padded ? shown : pad(shown, width, columns[index]?.align);
        return filled.replace(shown, () => paint(shown, index));
      })
      .join(' '.repeat(gap))
      .trimEnd();
  const head = line(
    columns.map((column) => column.title),
    (text) => surface.paint('dim', text),
  );
  const body = texts.map((cells, row) =>
    line(cells, (text, index) => {
      const cell = rows[row]?.[index] ?? '';
      return typeof cell === 'string' ? text : surface.paint(cell.style, text);
    }),
  );
  return [head, ...body];
}

const textOf = (cell: Cell): string => (typeof cell === 'string' ? cell : cell.text);

function naturalWidths(columns: readonly Column[], texts: readonly (readonly string[])[]): number[] {
  return columns.map((column, index) =>
    Math.max(displayWidth(column.title), ...texts.map((cells) => displayWidth(cells[index] ?? ''))),
  );
}

/** Takes what is too much from the widest flexible column, one step after the other. */
function shrink(columns: readonly Column[], natural: readonly number[], available: number): number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, width) => sum + width, 0) + gap * (widths.length - 1) - available;
  while (excess > 0) {
    const widest = widestFlexible(columns, widths);
    if (widest === undefined) return widths;
    const second = Math.max(0, ...widths.filter((_, index) => index !== widest && columns[index]?.flexible));
    const width = widths[widest] ?? 0;
    const cut = Math.min(excess, Math.max(1, width - Math.max(second, narrowest)), width - narrowest);
    widths[widest] = width - cut;
    excess -= cut;
  }
  return widths;
}

function widestFlexible(columns: readonly Column[], widths: readonly number[]): number | undefined {
  let widest: number | undefined;
  for (const [index, width] of widths.entries()) {
    if (!columns[index]?.flexible || width <= narrowest) continue;
    if (widest === undefined || width > (widths[widest] ?? 0)) widest = index;
  }
  return widest;
}
