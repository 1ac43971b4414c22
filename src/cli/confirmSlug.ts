import { Option } from 'commander';
import { AppError } from '../platform/errors.ts';
import type { Run } from './command.ts';
import { Interrupted } from './problem.ts';
import { askText } from './prompts.ts';
import { yesOption } from './shipOptions.ts';

export interface ConfirmOptions {
  readonly yes?: boolean;
  readonly confirm?: string;
}

/** `--yes` and `--confirm SLUG`. */
export const confirmOptions = (): Option[] => [
  yesOption(),
  new Option('--confirm <slug>', 'the slug of what it is, for scripts that must not hit another'),
];

/**
 * Makes sure that somebody means it: has the slug typed on a terminal, and demands `--confirm SLUG` or `--yes`
 * elsewhere. Answers the slug, which the server wants to hear. `warning` says what would happen.
 */
export async function confirmSlug(run: Run<ConfirmOptions>, slug: string, warning: string): Promise<string> {
  const { yes, confirm } = run.options;
  if (confirm !== undefined && confirm !== slug) {
    throw new AppError(
      'invalid_input',
      `--confirm says "${confirm}", and its slug is "${slug}"; nothing was changed`,
    );
  }
  if (yes || confirm !== undefined) return slug;
  if (run.out.json || !run.out.terminal.interactive) {
    throw new AppError(
      'invalid_input',
      `${warning}. There is no terminal to ask on: add --confirm ${slug}, or --yes`,
    );
  }
  run.out.note(`${warning}.`);
  if ((await askText(run, `Type ${slug} to go on`)) !== slug)
    throw new Interrupted('that is not its slug; nothing was changed');
  return slug;
}
