/**
 * How well a text answers what was typed: higher is better, undefined when it does not. Every word must occur, the
 * beginnings of words count most: "har prod" finds "harbor/production".
 */
export function matchScore(text: string, typed: string): number | undefined {
  const haystack = text.toLowerCase();
  let score = 0;
  for (const word of wordsOf(typed)) {
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
  return haystack.includes(word) ? 2 : undefined;
}

/** Whether the letters of every typed word occur in this order, others between them: "hbprd" in "harbor/production". */
export function isScattered(text: string, typed: string): boolean {
  const haystack = text.toLowerCase();
  return wordsOf(typed).every((word) => {
    let from = 0;
    return [...word].every((letter) => {
      from = haystack.indexOf(letter, from) + 1;
      return from > 0;
    });
  });
}

const wordsOf = (typed: string): string[] => typed.toLowerCase().split(/\s+/).filter(Boolean);
