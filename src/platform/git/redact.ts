/**
 * Replaces what is secret in URLs (passwords; in http also a user name, which may be a token) and each of the
 * given secrets by `***`.
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  let safe = text
    .replaceAll(/(\bhttps?:\/\/)[^\s/'"<>]*@/gi, '$1***@')
    .replaceAll(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s/'"<>:@]*):[^\s/'"<>]*@/gi, '$1:***@');
  for (const secret of secrets) {
    if (secret !== '') safe = safe.replaceAll(secret, '***');
  }
  return safe;
}
