import { Link } from 'wouter';
import type { z } from 'zod';
import { api } from '../../../../contract/index.ts';
import type { Runner as RunnerSchema } from '../../../../contract/system.ts';
import { useApi } from '../../../api/hooks.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { Section } from '../../../ui/Page.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { type Column, Table } from '../../../ui/Table.tsx';
import { Time } from '../../../ui/Time.tsx';
import facts from '../facts.module.css';
import { deployPath } from './deployPath.ts';

type Runner = z.infer<typeof RunnerSchema>;

/** The programs that run deploys. */
export function Runners() {
  const runners = useApi(api.listRunners, {}, { fresh: true });
  return (
    <Section title="Runners">
      <ProblemNote error={runners.error} onRetry={() => void runners.refetch()} />
      {(runners.data !== undefined || runners.error === null) && (
        <Table
          label="Runners"
          columns={columns}
          rows={runners.data?.items}
          rowKey={(runner) => runner.id}
          likelyRows={1}
          empty={
            <Banner tone="needs-you" title="No runner is alive">
              Deploys wait until there is one. <code>slipway up</code> starts one;{' '}
              <code>slipway serve --services=runner</code> does on another machine.
            </Banner>
          }
        />
      )}
    </Section>
  );
}

const columns: readonly Column<Runner>[] = [
  {
    key: 'host',
    header: 'Machine',
    rowHeader: true,
    cell: (runner) => <span className={facts.strong}>{runner.host}</span>,
  },
  { key: 'pid', header: 'Process', narrow: 'hide', cell: (runner) => runner.pid },
  { key: 'since', header: 'Runs since', narrow: 'hide', cell: (runner) => <Time at={runner.started_at} /> },
  { key: 'seen', header: 'Heard of', cell: (runner) => <Time at={runner.last_seen_at} /> },
  {
    key: 'running',
    header: 'Running',
    grow: true,
    narrow: 'line',
    cell: (runner) =>
      runner.running.length === 0 ? (
        <span className={facts.quiet}>idle</span>
      ) : (
        runner.running.map((name, index) => (
          <span key={name}>
            {index > 0 && ', '}
            <Link href={deployPath(name)}>{name}</Link>
          </span>
        ))
      ),
  },
];
