import { textOf } from './evaluation.ts';
import type { JobSecrets } from './jobSpec.ts';

/** The secrets that a job sees, out of those that there are. Throws `Refusal`. */
export function secretsOf(
  secrets: JobSecrets,
  file: string,
  all: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  if (secrets === 'inherit') return all;
  if (secrets === 'none') return {};
  const contexts = { ...secrets.contexts, secrets: secretsOf(secrets.of, file, all) };
  const entries = secrets.entries.map(
    ({ name, text }) => [name.value, textOf(text, { file, contexts })] as const,
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}
