/**
 * How a called workflow is named in `PlanInput.called`: `./.github/workflows/x.yml` of a workflow from elsewhere is
 * one of its own repository at its own ref. `$/` says the same.
 */
export function resolveCall(uses: string, calledBy: string | null): string {
  if (!/^[.$]\//.test(uses)) return uses;
  const path = uses.slice(2);
  const [, repository, ref] = /^([^/]+\/[^/]+)\/[^@]*@(.*)$/.exec(calledBy ?? '') ?? [];
  return repository === undefined || calledBy?.startsWith('./')
    ? `./${path}`
    : `${repository}/${path}@${ref}`;
}
