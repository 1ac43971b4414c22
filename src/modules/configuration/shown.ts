/** The longest name that a message shows in full. */
const longest = 80;

/**
 * A name as messages show it: in double quotes, on one line, not longer than a line. What looks like an address is
 * cut out: a DSN that stands where its name should be has a secret in it.
 */
export function quoted(name: string): string {
  return JSON.stringify(shortened(name));
}

/** The same in backticks, for a key. */
export function quotedKey(key: string): string {
  return `\`${JSON.stringify(shortened(key)).slice(1, -1)}\``;
}

function shortened(text: string): string {
  const safe = text.replace(/:\/\/.*/su, '://…');
  return safe.length <= longest ? safe : `${safe.slice(0, longest - 1)}…`;
}
