import type { WorkflowRun } from '../../../contract/runs.ts';
import { paths } from '../../app/paths.ts';
import { JobsBar } from '../../features/runs/JobsBar.tsx';
import { markOfRun, shortRef } from '../../features/runs/marks.ts';
import { Badge } from '../../ui/Badge.tsx';
import { classes } from '../../ui/classes.ts';
import { Sha } from '../../ui/Sha.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import type { Column } from '../../ui/Table.tsx';
import { TextLink } from '../../ui/TextLink.tsx';
import { Duration, Time } from '../../ui/Time.tsx';
import styles from './runs.module.css';

/** A run as a row. */
export const runColumns: readonly Column<WorkflowRun>[] = [
  { key: 'state', header: 'State', cell: (run) => <StateMark state={markOfRun(run)} /> },
  {
    key: 'name',
    header: 'Run',
    rowHeader: true,
    grow: true,
    cell: (run) => (
      <>
        <span className={styles.name}>
          <TextLink to={paths.run(run.id)} data-row-link="">
            {run.name}
          </TextLink>
          {run.attempt > 1 && <Badge>attempt {run.attempt}</Badge>}
        </span>
        <span className={styles.title} data-tip={run.reason ?? run.title}>
          {run.title}
          {run.reason !== null && <span className={styles.quiet}> — {run.reason}</span>}
        </span>
      </>
    ),
  },
  { key: 'jobs', header: 'Jobs', cell: (run) => <JobsBar jobs={run.jobs} /> },
  {
    key: 'ref',
    header: 'Branch',
    cell: (run) => <span className={styles.ref}>{shortRef(run.ref)}</span>,
  },
  { key: 'sha', header: 'Commit', cell: (run) => <Sha sha={run.sha} short={run.short_sha} /> },
  {
    key: 'event',
    header: 'Event',
    narrow: 'hide',
    cell: (run) => (
      <>
        {run.event}
        <span className={classes(styles.actor, styles.quiet)}>by {run.actor}</span>
      </>
    ),
  },
  {
    key: 'duration',
    header: 'Took',
    align: 'end',
    narrow: 'hide',
    cell: (run) => run.started_at && <Duration from={run.started_at} to={run.finished_at} />,
  },
  { key: 'when', header: 'When', align: 'end', cell: (run) => <Time at={run.created_at} /> },
];
