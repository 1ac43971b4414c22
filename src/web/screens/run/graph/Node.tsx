import { useState } from 'react';
import { Link } from 'wouter';
import type { RunDetail } from '../../../../contract/runs.ts';
import { paths } from '../../../app/paths.ts';
import { markOfJob, shortStep } from '../../../features/runs/marks.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { classes } from '../../../ui/classes.ts';
import { StateMark } from '../../../ui/StateMark.tsx';
import { Duration } from '../../../ui/Time.tsx';
import styles from './graph.module.css';
import type { GraphJob, GraphNode } from './layout.ts';

/** More legs of a matrix than these are shown when somebody asks for them. */
const mostLegs = 10;

interface NodeProps {
  readonly node: GraphNode;
  readonly run: RunDetail;
  /** So many calls stand around it. */
  readonly depth?: number;
}

/** A job as it is written: the one that it became, the legs of its matrix, or what it calls. */
export function Node({ node, run, depth = 0 }: NodeProps) {
  const [only] = node.jobs;
  const isOne = node.jobs.length === 1 && only?.key === node.path && node.inner.length === 0;
  return (
    <li
      className={classes(styles.node, only?.state === 'running' && isOne && styles.now)}
      data-node={node.path}
    >
      {isOne && only !== undefined ? (
        <Job job={only} run={run} depth={depth} />
      ) : node.jobs.length === 0 && node.inner.length === 0 ? (
        <NotYet node={node} run={run} />
      ) : (
        <Group node={node} run={run} depth={depth} />
      )}
    </li>
  );
}

function NotYet({ node, run }: { node: GraphNode; run: RunDetail }) {
  const isOver = run.conclusion !== null;
  return (
    <div className={styles.job}>
      <StateMark state="pending" word={isOver ? 'Never started' : 'Waiting'} bare />
      <span className={styles.name}>{node.id}</span>
      {!isOver && node.needs.length > 0 && <p className={styles.why}>waits for {node.needs.join(', ')}</p>}
    </div>
  );
}

/** Jobs of one matrix, or of a workflow that is called, under the name of the job that they are written as. */
function Group({ node, run, depth }: Required<NodeProps>) {
  const [all, showAll] = useState(false);
  const legs = node.jobs.toSorted((a, b) => rank(a) - rank(b));
  const shown = all ? legs : legs.slice(0, mostLegs);
  return (
    <>
      <p className={styles.groupHead}>
        <span className={styles.name}>{node.id}</span>
        {node.jobs.length > 1 && <Badge>{node.jobs.length} jobs</Badge>}
        {node.inner.length > 0 && <Badge>workflow</Badge>}
      </p>
      {shown.length > 0 && (
        <ol className={styles.legs}>
          {shown.map((job) => (
            <li key={job.key}>
              <Job job={job} run={run} depth={depth} />
            </li>
          ))}
        </ol>
      )}
      {legs.length > shown.length && (
        <Button size="small" tone="quiet" onClick={() => showAll(true)}>
          {legs.length - shown.length} more
        </Button>
      )}
      {node.inner.length > 0 && (
        <ol className={styles.inner} aria-label={`Jobs that ${node.id} calls`}>
          {node.inner.map((inner) => (
            <Node key={inner.path} node={inner} run={run} depth={depth + 1} />
          ))}
        </ol>
      )}
    </>
  );
}

/** What failed is seen first, then what runs. */
function rank({ conclusion, state }: GraphJob): number {
  if (conclusion === 'failure') return 0;
  if (conclusion === null) return state === 'running' ? 1 : 2;
  return 3;
}

function Job({ job, run, depth }: { job: GraphJob; run: RunDetail; depth: number }) {
  const mark = markOfJob(job);
  const step = job.steps.find(({ state }) => state === 'running');
  return (
    <div className={styles.job} data-job={job.key}>
      <StateMark state={mark} bare />
      <Link to={paths.job(run.id, job.id)} className={styles.name}>
        {nameInCall(job.name, depth)}
      </Link>
      <span className={styles.time}>
        {job.started_at !== null && <Duration from={job.started_at} to={job.finished_at} />}
      </span>
      <Why job={job} step={step && shortStep(step.name)} />
    </div>
  );
}

/** The name of a job begins with those of the calls around it, which are read above it already. */
const nameInCall = (name: string, depth: number): string =>
  name.split(' / ').slice(depth).join(' / ') || name;

/** Below its name: what it does, why it waits or was skipped, what failed. */
function Why({ job, step }: { job: GraphJob; step: string | undefined }) {
  if (job.carried) return <p className={styles.why}>kept from an earlier attempt</p>;
  if (job.conclusion === 'success') return null;
  const failed = job.steps.find(({ conclusion }) => conclusion === 'failure');
  const words =
    job.reason ?? (failed === undefined ? step : `${shortStep(failed.name)}: ${failed.detail ?? 'failed'}`);
  return (
    <>
      {words && <p className={styles.why}>{words}</p>}
      {job.conclusion === 'skipped' && job.condition !== null && (
        <p className={styles.why}>
          <code>{job.condition}</code>
        </p>
      )}
    </>
  );
}
