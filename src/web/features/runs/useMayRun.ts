import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { useHasRole } from '../../app/session.ts';

/** Whether who is signed in may act on runs of a repository: admins, and who may deploy an app of it. */
export function useMayRun(repository: string): boolean {
  const administers = useHasRole('admin');
  const { data } = useApi(api.listApps, {});
  return administers || data?.items.some((app) => app.repository === repository && app.may_deploy) === true;
}
