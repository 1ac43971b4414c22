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

/** `--yes` and `--confirm SLUG`; some things have a name and no slug. */
export const confirmOptions = (called: Called = 'slug'): Option[] => [
  yesOption(),
  new Option(`--confirm <${called}>`, `the ${called} of what it is, for scripts that must not hit another`),
];

type Called = 'slug' | 'name';

/**
 * Makes sure that somebody means it: has the slug typed on a terminal, and demands `--confirm SLUG` or `--yes`
 * elsewhere. Answers the slug, which the server wants to hear. `warning` says what would happen.
 */
export async function confirmSlug(
  run: Run<ConfirmOptions>,
  slug: string,
  warning: string,
  called: Called = 'slug',
): Promise<string> {
  const { yes, confirm } = run.options;
  if (confirm !== undefined && confirm !== slug) {
    throw new AppError(
      'invalid_input',
      `--confirm says "${confirm}", and its ${called} is "${slug}"; nothing was changed`,
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
    throw new Interrupted(`that is not its ${called}; nothing was changed`);
  return slug;
}
