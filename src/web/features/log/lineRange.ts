import type { LineRange } from './logLayout.ts';

/** `#L12` or `#L12-L20` as lines; undefined for anything else. */
export function parseLineHash(hash: string): LineRange | undefined {
  const [, first, second] = /^#L(\d{1,9})(?:-L?(\d{1,9}))?$/.exec(hash) ?? [];
  if (first === undefined || Number(first) === 0) return undefined;
  return between(Number(first), Number(second ?? first) || Number(first));
}

/** Lines as the part of an address after the page. */
export const lineHash = ({ from, to }: LineRange): string => (from === to ? `#L${from}` : `#L${from}-L${to}`);

/** The lines between two, whichever comes first. */
export const between = (one: number, other: number): LineRange => ({
  from: Math.min(one, other),
  to: Math.max(one, other),
});
