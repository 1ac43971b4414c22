import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { connectionTo } from '../../../src/platform/postgres/connect.ts';
import type { RunsWorld } from './world.ts';

export interface JobFact {
  readonly id: number;
  readonly run: number;
  readonly attempt: number;
  readonly key: string;
  readonly name: string;
  readonly workflow: string;
  readonly state: string;
  readonly conclusion: string | null;
  readonly reason: string | null;
  readonly carried: boolean;
  readonly losses: number;
  /** Of its own steps, by number, how each ended; null while it runs. */
  readonly steps: Readonly<Record<string, string | null>>;
  /** What its newest check says. */
  readonly check: string | null;
  /** How often Slipway told that it runs again. */
  readonly repeats: number;
}

export interface RunFact {
  readonly id: number;
  readonly file: string;
  readonly number: number;
  readonly sha: string;
  readonly ref: string;
  readonly attempt: number;
  readonly state: string;
  readonly conclusion: string | null;
}

/** What Slipway knows, read from its database itself, all at one moment. */
export interface RunsFacts {
  readonly runs: readonly RunFact[];
  readonly jobs: readonly JobFact[];
  /** Triggers that nobody planned, or that say why they could not be. */
  readonly triggers: readonly string[];
  readonly groups: readonly string[];
}

/** Reads them; throws while the database is down. */
export async function readRunsFacts(world: RunsWorld): Promise<RunsFacts> {
  const pid = await readFile(join(world.dataDir, 'postgres', 'postmaster.pid'), 'utf8');
  const client = new pg.Client({ ...connectionTo(pid.split('\n')[4] ?? ''), connectionTimeoutMillis: 5000 });
  client.on('error', () => {}); // the query that it breaks reports it
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const rows = async (text: string) => (await client.query(text)).rows;
    const triggers = await rows(
      'select id, event, ref, attempts, planned_at, problem from triggers where planned_at is null or problem is not null',
    );
    const groups = await rows('select name, holder, waiting from concurrency_groups');
    return {
      runs: await rows(
        'select id::int, file, number::int, sha, ref, attempt, state, conclusion from workflow_runs order by id',
      ),
      jobs: await rows(jobFacts),
      triggers: triggers.map((row) => JSON.stringify(row)),
      groups: groups.map((row) => JSON.stringify(row)),
    };
  } finally {
    await client.end();
  }
}

const jobFacts = `
  select j.id::int, j.run_id::int as run, j.attempt, j.key, j.name, r.name as workflow, j.state, j.conclusion, j.reason,
    j.carried_from is not null as carried, j.losses,
    (select coalesce(json_object_agg(right(s.name, 1), s.conclusion), '{}') from workflow_steps s
       where s.job_id = j.id and s.name like 'Step _') as steps,
    (select coalesce(c.conclusion, c.status) from checks c where c.job_id = j.id order by c.id desc limit 1) as check,
    (select count(*)::int from events e where e.kind = 'job.queued' and (e.data->>'job')::bigint = j.id
       and e.data->>'reason' like 'runs again:%') as repeats
  from workflow_jobs j join workflow_runs r on r.id = j.run_id order by j.id`;
