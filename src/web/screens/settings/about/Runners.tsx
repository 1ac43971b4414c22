import { Link } from 'wouter';
import type { z } from 'zod';
import { api } from '../../../../contract/index.ts';
import type { Runner as RunnerSchema } from '../../../../contract/system.ts';
import { useApi } from '../../../api/hooks.ts';
import { paths } from '../../../app/paths.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { Banner } from '../../../ui/Banner.tsx';
import { Section } from '../../../ui/Page.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { type Column, Table } from '../../../ui/Table.tsx';
import { Time } from '../../../ui/Time.tsx';
import facts from '../facts.module.css';
import { deployPath } from './deployPath.ts';

type Runner = z.infer<typeof RunnerSchema>;

/** The programs that run deploys and jobs, and what each does. */
export function Runners() {
  const runners = useApi(api.listRunners, {}, { fresh: true });
  const of = (kind: Runner['kind']) => runners.data?.items.filter((runner) => runner.kind === kind);
  return (
    <>
      <ProblemNote error={runners.error} onRetry={() => void runners.refetch()} />
      {(runners.data !== undefined || runners.error === null) && (
        <>
          <Section title="Runners of deploys">
            <Table
              label="Runners of deploys"
              columns={[...place, seen, deploys]}
              rows={of('deploys')}
              rowKey={(runner) => runner.id}
              likelyRows={1}
              empty={
                <Banner tone="needs-you" title="No runner of deploys is alive">
                  Deploys wait until there is one. <code>slipway up</code> starts one;{' '}
                  <code>slipway serve --services=runner</code> does on another machine.
                </Banner>
              }
            />
          </Section>
          <Section title="Runners of jobs">
            <Table
              label="Runners of jobs"
              columns={[...place, labels, seen, jobs]}
              rows={of('jobs')}
              rowKey={(runner) => runner.id}
              likelyRows={1}
              empty={
                <Banner tone="needs-you" title="No runner of jobs is alive">
                  Jobs of workflows wait until there is one. <code>slipway up</code> starts one;{' '}
                  <code>slipway runner --url … --token-file …</code> does on another machine.
                </Banner>
              }
            />
          </Section>
        </>
      )}
    </>
  );
}

const place: readonly Column<Runner>[] = [
  {
    key: 'name',
    header: 'Runner',
    rowHeader: true,
    cell: (runner) => (
      <>
        <span className={facts.strong}>{runner.name}</span>{' '}
        {runner.draining && <Badge tone="needs-you">draining</Badge>}
      </>
    ),
  },
  {
    key: 'host',
    header: 'Machine',
    narrow: 'hide',
    cell: ({ host, pid, address }) => (
      <span data-tip={`Process ${pid}${address === null ? '' : `, from ${address}`}`}>{host}</span>
    ),
  },
];

const seen: Column<Runner> = {
  key: 'seen',
  header: 'Heard of',
  cell: (runner) => <Time at={runner.last_seen_at} />,
};

const labels: Column<Runner> = {
  key: 'labels',
  header: 'Labels',
  narrow: 'line',
  cell: (runner) => runner.labels.join(', '),
};

const deploys: Column<Runner> = {
  key: 'running',
  header: 'Running',
  grow: true,
  narrow: 'line',
  cell: ({ running }) =>
    running.length === 0 ? (
      <span className={facts.quiet}>idle</span>
    ) : (
      running.map((name, index) => (
        <span key={name}>
          {index > 0 && ', '}
          <Link href={deployPath(name)}>{name}</Link>
        </span>
      ))
    ),
};

const jobs: Column<Runner> = {
  key: 'jobs',
  header: 'Running',
  grow: true,
  narrow: 'line',
  cell: ({ jobs: running, capacity }) => (
    <>
      <span className={facts.quiet}>
        {running.length === 0 ? 'idle' : running.length}
        {capacity !== null && (running.length === 0 ? `, takes ${capacity}` : ` of ${capacity}: `)}
      </span>
      {running.map(({ id, run, name }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <Link href={paths.job(run, id)}>{name}</Link>
        </span>
      ))}
    </>
  ),
};
