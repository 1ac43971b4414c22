import { textOf } from './evaluation.ts';
import type { JobSecrets } from './jobSpec.ts';

/** The secrets that a job sees, out of those that there are; its token is always among them. Throws `Refusal`. */
export function secretsOf(
  secrets: JobSecrets,
  file: string,
  all: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  if (secrets === 'inherit') return all;
  const { GITHUB_TOKEN: token } = all;
  const own: Record<string, string> = token === undefined ? {} : { GITHUB_TOKEN: token };
  if (secrets === 'none') return own;
  const contexts = { ...secrets.contexts, secrets: secretsOf(secrets.of, file, all) };
  const entries = secrets.entries.map(
    ({ name, text }) => [name.value, textOf(text, { file, contexts })] as const,
  );
  return { ...own, ...Object.fromEntries(entries.filter(([, value]) => value !== '')) };
}
