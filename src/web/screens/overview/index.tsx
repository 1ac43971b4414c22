import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { Page } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';

export default function Overview() {
  const apps = useApi(api.listApps, {});
  return (
    <Page title="Overview">
      <ProblemNote error={apps.error} />
      <ul>
        {apps.data?.items.map((app) => (
          <li key={app.name}>{app.name}</li>
        ))}
      </ul>
    </Page>
  );
}
