import { resolveOwn } from '../../language/index.ts';

/**
 * How a called workflow is named in `PlanInput.called`: `./.github/workflows/x.yml` of a workflow from elsewhere is
 * one of its own repository at its own ref. `$/` says the same.
 */
export function resolveCall(uses: string, calledBy: string | null): string {
  return resolveOwn(uses.replace(/^\.\//, '$/'), calledBy);
}
