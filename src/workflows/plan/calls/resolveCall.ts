/**
 * How a called workflow is named in `PlanInput.called`: `./.github/workflows/x.yml` of a workflow from elsewhere is
 * one of its own repository at its own ref.
 */
export function resolveCall(uses: string, calledBy: string | null): string {
  if (!uses.startsWith('./') || calledBy === null || calledBy.startsWith('./')) return uses;
  const [, repository = '', ref = ''] = /^([^/]+\/[^/]+)\/[^@]*@(.*)$/.exec(calledBy) ?? [];
  return `${repository}/${uses.slice(2)}@${ref}`;
}
