/** The longest name that a message shows in full. */
const longest = 80;
/** What is in a name only by mistake: an address, keys before an `@`, a key by itself. */
const secrets = /\/\/.*|:[^:@]*@|[0-9a-f]{24,}/gisu;

/**
 * A name as messages show it: in double quotes, on one line, not longer than a line. What may be a secret is cut
 * out: a DSN may stand where its name should be, or a quote or a line break be missing between them.
 */
export function quoted(name: string): string {
  return JSON.stringify(shortened(name));
}

/** The same in backticks, for a key. */
export function quotedKey(key: string): string {
  return `\`${JSON.stringify(shortened(key)).slice(1, -1)}\``;
}

/** The same as it is, for the path of a setting. */
export function shortened(text: string): string {
  const safe = text.replace(secrets, cutOut);
  return safe.length <= longest ? safe : `${safe.slice(0, longest - 1)}…`;
}

function cutOut(found: string): string {
  if (found.startsWith('//')) return '//…';
  return found.startsWith(':') ? ':…@' : '…';
}
