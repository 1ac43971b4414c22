import type { Segment } from '../../lib/ansi/index.ts';

/** A segment of a line, and whether it is part of what was searched for. */
export interface MarkedSegment extends Segment {
  readonly hit: boolean;
}

/** Cuts segments where a text is found in the line that they make together, exactly as written. */
export function highlight(segments: readonly Segment[], needle: string): readonly MarkedSegment[] {
  const hits = placesOf(segments.map(({ text }) => text).join(''), needle);
  if (hits.length === 0) return segments.map((segment) => ({ ...segment, hit: false }));
  const marked: MarkedSegment[] = [];
  let at = 0;
  for (const { text, style } of segments) {
    const end = at + text.length;
    const cuts = [at, end];
    for (const hit of hits)
      for (const cut of [hit, hit + needle.length]) if (cut > at && cut < end) cuts.push(cut);
    cuts.sort((a, b) => a - b);
    for (const [index, begin] of cuts.slice(0, -1).entries()) {
      const hit = hits.some((place) => place <= begin && begin < place + needle.length);
      marked.push({ text: text.slice(begin - at, (cuts[index + 1] ?? end) - at), style, hit });
    }
    at = end;
  }
  return marked;
}

function placesOf(text: string, needle: string): number[] {
  const places: number[] = [];
  if (needle === '') return places;
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + needle.length))
    places.push(at);
  return places;
}
