import { AppError } from '../../platform/errors.ts';

/** A workflow run as people name it. */
export type RunName =
  | { readonly kind: 'id'; readonly id: number }
  /** Without a number the newest of that workflow. */
  | {
      readonly kind: 'number';
      readonly repository: string;
      readonly workflow: string;
      readonly number: number | undefined;
    };

const named = /^(?<repository>[^/#\s]+)\/(?<workflow>[^/#\s]+)(?:[#/](?<number>\d{1,9}))?$/;
// The page of a run or of a job of it, as it is copied from a browser.
const page = /^https?:\/\/\S+\/runs\/(?<id>\d{1,15})(?:[/?#]\S*)?$/;

/** Parses `12`, `harbor/test#12`, `harbor/test/12`, `harbor/test` or the address of a run's page. */
export function parseRunName(text: string): RunName {
  const id = page.exec(text)?.groups?.id ?? /^\d{1,15}$/.exec(text)?.[0];
  if (id !== undefined) return { kind: 'id', id: Number(id) };
  const { repository, workflow, number } = named.exec(text)?.groups ?? {};
  if (repository === undefined || workflow === undefined)
    throw new AppError(
      'invalid_input',
      `"${text}" names no run; write harbor/test#12, its id, or harbor/test for the newest one (slipway runs lists them)`,
    );
  const stem = workflow.replace(/\.ya?ml$/, '');
  return {
    kind: 'number',
    repository,
    workflow: stem,
    number: number === undefined ? undefined : Number(number),
  };
}
