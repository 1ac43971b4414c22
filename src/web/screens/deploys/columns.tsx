import type { App } from '../../../contract/apps.ts';
import type { Deploy } from '../../../contract/deploys.ts';
import { paths } from '../../app/paths.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Sha } from '../../ui/Sha.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import type { Column } from '../../ui/Table.tsx';
import { TextLink } from '../../ui/TextLink.tsx';
import { Duration, Time } from '../../ui/Time.tsx';
import { DeployMenu } from './DeployMenu.tsx';
import styles from './deploys.module.css';

/** A deploy as a row. */
export function historyColumns(apps: readonly App[]): readonly Column<Deploy>[] {
  const mayDeploy = new Set(apps.filter((app) => app.may_deploy).map((app) => app.name));
  return [
    {
      key: 'name',
      header: 'Deploy',
      rowHeader: true,
      cell: (deploy) => (
        <span className={styles.name}>
          <TextLink to={paths.deploy(deploy)}>{deploy.name}</TextLink>
          {deploy.kind !== 'deploy' && <Badge>{deploy.kind === 'rollback' ? 'rollback' : 're-deploy'}</Badge>}
          {deploy.live && <Badge tone="live">live</Badge>}
        </span>
      ),
    },
    {
      key: 'state',
      header: 'State',
      cell: (deploy) => <StateMark state={deploy.held ? 'held' : deploy.state} />,
    },
    {
      key: 'title',
      header: 'Commit',
      grow: true,
      cell: (deploy) => (
        <>
          <Sha sha={deploy.sha} short={deploy.short_sha} />{' '}
          <span className={styles.title} data-tip={deploy.title}>
            {deploy.title}
          </span>
        </>
      ),
    },
    { key: 'ref', header: 'Ref', narrow: 'hide', cell: (deploy) => <RefText deploy={deploy} /> },
    { key: 'who', header: 'By', cell: (deploy) => deploy.requested_by.name },
    {
      key: 'duration',
      header: 'Took',
      align: 'end',
      narrow: 'hide',
      cell: (deploy) => deploy.started_at && <Duration from={deploy.started_at} to={deploy.finished_at} />,
    },
    { key: 'when', header: 'When', align: 'end', cell: (deploy) => <Time at={deploy.requested_at} /> },
    {
      key: 'menu',
      header: <span className="visually-hidden">Actions</span>,
      align: 'end',
      cell: (deploy) => <DeployMenu deploy={deploy} mayDeploy={mayDeploy.has(deploy.app)} />,
    },
  ];
}

/** The ref, unless it says no more than the sha beside it. */
function RefText({ deploy }: { deploy: Deploy }) {
  return deploy.sha.startsWith(deploy.ref) ? null : <span className={styles.ref}>{deploy.ref}</span>;
}
