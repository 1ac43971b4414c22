import type { Step } from './model.ts';

/**
 * What `$/path` names: `path` in the repository of the file that says so, at its own ref. `writtenIn` is how that file
 * was named, `owner/repo/path@ref`; null, or with `./` before it, for one of the repository that is run.
 */
export function resolveOwn(uses: string, writtenIn: string | null): string {
  if (!uses.startsWith('$/')) return uses;
  const path = uses.slice(2);
  const [, repository, ref] = /^([^/]+\/[^/@]+)[^@]*@(.*)$/.exec(writtenIn ?? '') ?? [];
  if (repository === undefined || writtenIn?.startsWith('./')) return `./${path}`;
  return `${path === '' ? repository : `${repository}/${path}`}@${ref}`;
}

/** The steps with what their `$/path` names. */
export function resolveOwnUses(steps: readonly Step[], writtenIn: string | null): readonly Step[] {
  return steps.map((step) => {
    const { does } = step;
    if (does.kind !== 'uses') return step;
    const value = resolveOwn(does.uses.value, writtenIn);
    return { ...step, does: { ...does, uses: { ...does.uses, value } } };
  });
}
