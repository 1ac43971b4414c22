/**
 * Author-supplied text made safe to show on one line: no control characters, no bidirectional overrides that
 * reorder what the reader sees (CVE-2021-42574), no invisible separators. Joiners inside emoji stay.
 */
export function plainLine(text: string): string {
  return text
    .replaceAll(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
    .replaceAll(invisible, '')
    .trim();
}

/** The same for text of several lines: line feeds and tabs stay. */
export function plainLines(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').replaceAll(invisibleButLayout, '').trim();
}

const formatting = '\\u061c\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u206f\\ufeff';
const invisible = new RegExp(`[\\u0000-\\u001f\\u007f-\\u009f${formatting}]`, 'g');
const invisibleButLayout = new RegExp(`[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f${formatting}]`, 'g');
