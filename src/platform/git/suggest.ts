/**
 * The names most like `wanted`, best first: those that contain it or are contained, then by edit distance, as
 * long as they are near enough to be a slip of the keyboard.
 */
export function suggestNames(wanted: string, names: readonly string[], limit = 3): string[] {
  const text = wanted.toLowerCase();
  const farthest = Math.max(2, Math.floor(text.length / 3));
  return names
    .map((name) => ({ name, distance: distanceOf(text, name.toLowerCase(), farthest) }))
    .filter(({ distance }) => distance <= farthest)
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, limit)
    .map(({ name }) => name);
}

function distanceOf(a: string, b: string, farthest: number): number {
  const lastPart = b.slice(b.lastIndexOf('/') + 1);
  const contained = a.length >= 3 && b.includes(a) ? 1 : Number.POSITIVE_INFINITY;
  return Math.min(contained, editDistance(a, b, farthest), editDistance(a, lastPart, farthest) + 0.5);
}

/** Levenshtein distance, with two rows; infinite when the lengths alone put it beyond `farthest`. */
function editDistance(a: string, b: string, farthest: number): number {
  if (Math.abs(a.length - b.length) > farthest) return Number.POSITIVE_INFINITY;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substitution, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
