import { join } from 'node:path';
import sql from 'sql-template-tag';
import { api } from '../src/contract/index.ts';
import { listChanges } from '../src/modules/deploys/changes.ts';
import { openHistory, repositoryById } from '../src/modules/repositories/index.ts';
import { dataPaths } from '../src/platform/dataPaths.ts';
import type { Db } from '../src/platform/db/database.ts';
import { commitFormat } from '../src/platform/git/commitFormat.ts';
import { runGit } from '../src/platform/git/index.ts';
import { declareApps } from './lib/apps.ts';
import type { Aim, Bench, Measurement } from './lib/bench.ts';
import { timed } from './lib/clock.ts';
import { createLargeRepository } from './lib/largeRepository.ts';
import { startPostgres } from './lib/postgres.ts';
import { type Scratch, withScratch } from './lib/scratch.ts';
import { type RunningSlipway, startSlipway } from './lib/slipway.ts';

const commitCount = 100_000;
const rounds = 30;
const pageSize = 50;
const aim: Aim = { of: 'ratio', limit: 1.3 };

/** What goes out, on a repository with a long history. */
export const changes: Bench = {
  name: 'changes',
  about: `A page of ${pageSize} changes of a repository of ${commitCount} commits, against one git log of the same page`,
  run: () => withScratch(measure),
};

/** Where what is live lies behind the candidate. */
interface Span {
  readonly environment: string;
  readonly behind: number;
  readonly what: string;
}

const spans: readonly Span[] = [
  { environment: 'near', behind: 300, what: '300 commits' },
  { environment: 'far', behind: commitCount - 1000, what: `${commitCount - 1000} commits` },
];

const apps = [
  { name: 'whole', what: 'no paths', environments: spans.map((span) => span.environment) },
  {
    name: 'backend',
    what: 'with paths',
    paths: ['backend/**'],
    environments: spans.map((span) => span.environment),
  },
];

async function measure(scratch: Scratch): Promise<Measurement[]> {
  const directory = await scratch.directory();
  const dataDir = await scratch.directory();
  const source = await createLargeRepository(join(directory, 'source.git'), commitCount);
  const { db, url } = await startPostgres(scratch);
  const slipway = await startSlipway(scratch, { dataDir, environment: { DATABASE_URL: url } });
  await declareApps(slipway.client, source.directory, apps);
  // Of the main line alone, so that each contains all that are behind it.
  const line = (await source.git('log', '--first-parent', '--format=%H', 'main')).split('\n');
  const counted = line.length / commitCount;
  for (const span of spans)
    await release(db, span.environment, line[Math.floor(span.behind * counted)] ?? '');

  const fresh = line[Symbol.iterator]();
  const measurements: Measurement[] = [];
  for (const app of apps) {
    for (const span of spans) {
      const live = line[Math.floor(span.behind * counted)] ?? '';
      const setting = { slipway, db, app, span, live, candidates: fresh.take(rounds).toArray() };
      measurements.push(...(await measureListing(setting)));
    }
  }
  return measurements;
}

async function release(db: Db, environment: string, sha: string): Promise<void> {
  await db.run(sql`
    with released as (
      insert into deploys (environment_id, number, kind, state, ref, sha, title, author, config, requested_by,
        requested_by_kind, requested_at, started_at, finished_at, result)
      select id, 1, 'deploy', 'succeeded', 'main', ${sha}, 'Release', 'Ada', config, 'ada', 'user', now(), now(), now(), ''
      from environments where name = ${environment} returning id, environment_id)
    update environments e set last_number = 1, live_deploy_id = r.id from released r where r.environment_id = e.id`);
}

interface Setting {
  readonly slipway: RunningSlipway;
  readonly db: Db;
  readonly app: (typeof apps)[number];
  readonly span: Span;
  readonly live: string;
  /** Commits that nobody asked for yet: each round takes another. */
  readonly candidates: readonly string[];
}

async function measureListing(setting: Setting): Promise<Measurement[]> {
  const { app, span } = setting;
  const over = `${span.what}, ${app.what}`;
  const first = [
    await beside(setting, `first page of ${over}`, 0, firstPage(setting)),
    await beside(setting, `  over HTTP, of a ref that nobody asked for`, 0, overHttp(setting)),
    await beside(setting, `  over HTTP, asked before`, 0, overHttp(setting)),
  ];
  if (span.behind < 10_000) return first;
  return [...first, await beside(setting, `page 100 of ${over}`, 100, laterPage(setting, 100))];
}

/** What is not measured comes first, and answers what is. */
type Listing = (candidate: string) => Promise<() => Promise<unknown>>;

/** One listing, one git log of the same page, and so on, so that a busy moment of the machine hits both. */
async function beside(setting: Setting, what: string, page: number, listing: Listing): Promise<Measurement> {
  const samples: number[] = [];
  const floor: number[] = [];
  for (const candidate of setting.candidates) {
    const list = await listing(candidate);
    samples.push((await timed(list)).ms);
    floor.push((await timed(() => gitLog(setting, candidate, page))).ms);
  }
  return { what, unit: 'ms', samples, floor: { what: 'git log', samples: floor }, aim };
}

/** By the use case itself, which knows what the ref means (until the next fetch) and nothing else. */
function firstPage({ db, app, span, slipway }: Setting): Listing {
  return async (ref) => {
    const history = openHistory(dataPaths(slipway.dataDir));
    await history.resolve(await repositoryById(db, 1), ref);
    const wanted = { app: app.name, environment: span.environment, ref, limit: pageSize };
    return () => listChanges(db, history, wanted);
  };
}

/** By the use case itself, which remembers of the first page how much goes out. */
function laterPage({ db, app, span, slipway }: Setting, page: number): Listing {
  return async (ref) => {
    const history = openHistory(dataPaths(slipway.dataDir));
    const wanted = { app: app.name, environment: span.environment, limit: pageSize };
    const { next_cursor } = await listChanges(db, history, { ...wanted, ref });
    const cursor = next_cursor?.replace(`.${pageSize}.`, `.${page * pageSize}.`);
    return () => listChanges(db, history, { ...wanted, cursor });
  };
}

function overHttp({ slipway, app, span }: Setting): Listing {
  return async (ref) => () =>
    slipway.client.call(api.listChanges, {
      params: { app: app.name, environment: span.environment },
      query: { ref, limit: pageSize },
    });
}

function gitLog({ slipway, app, live }: Setting, candidate: string, page: number): Promise<Buffer> {
  const format = commitFormat('paths' in app);
  const range = [
    '--date-order',
    `--skip=${page * pageSize}`,
    `--max-count=${pageSize}`,
    candidate,
    `^${live}`,
  ];
  return runGit(['log', ...format.args, ...range, '--'], { gitDir: dataPaths(slipway.dataDir).mirror(1) });
}
