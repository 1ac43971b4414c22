/**
 * How well a text answers what was typed: higher is better, undefined when it does not. Every word must occur, the
 * beginnings of words count most: "har prod" finds "harbor/production".
 */
export function matchScore(text: string, typed: string): number | undefined {
  const haystack = text.toLowerCase();
  let score = 0;
  for (const word of typed.toLowerCase().split(/\s+/).filter(Boolean)) {
    const found = scoreOfWord(haystack, word);
    if (found === undefined) return undefined;
    score += found;
  }
  return score - haystack.length / 1000;
}

function scoreOfWord(haystack: string, word: string): number | undefined {
  if (haystack.startsWith(word)) return 4;
  const begins = new RegExp(`[^\\p{L}\\p{N}]${RegExp.escape(word)}`, 'u').test(haystack);
  if (begins) return 3;
  if (haystack.includes(word)) return 2;
  return isSubsequence(haystack, word) ? 1 : undefined;
}

function isSubsequence(haystack: string, word: string): boolean {
  if (word.length < 3) return false;
  let from = 0;
  for (const character of word) {
    from = haystack.indexOf(character, from) + 1;
    if (from === 0) return false;
  }
  return true;
}
