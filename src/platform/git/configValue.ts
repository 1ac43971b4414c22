/** A value as a configuration file of git's takes it, whatever is in it (git-config(1)); one line. */
export function configValue(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
