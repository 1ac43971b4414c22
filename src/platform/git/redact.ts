/** Replaces user information in URLs, and each of the given secrets, by `***`. */
export function redact(text: string, secrets: readonly string[] = []): string {
  let safe = text.replaceAll(/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/'"<>]*@/gi, '$1***@');
  for (const secret of secrets) {
    if (secret !== '') safe = safe.replaceAll(secret, '***');
  }
  return safe;
}
