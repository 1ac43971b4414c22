import { join } from 'node:path';
import type { CallInput } from '../src/contract/endpoint.ts';
import { api } from '../src/contract/index.ts';
import { declareApps } from './lib/apps.ts';
import type { Bench, Measurement } from './lib/bench.ts';
import { timeEach } from './lib/clock.ts';
import { insertDeploys } from './lib/deployRows.ts';
import { createLargeRepository } from './lib/largeRepository.ts';
import { startPostgres } from './lib/postgres.ts';
import { type Scratch, withScratch } from './lib/scratch.ts';
import { type RunningSlipway, startSlipway } from './lib/slipway.ts';

const deployCount = 100_000;
const commitCount = 80_000;
const rounds = 300;
const warmUps = 20;
const apps = Array.from({ length: 10 }, (_, i) => `app-${i}`);
const environments = ['staging', 'production'];
/** Half of all deploys are read for it. */
const wholeYear = 'figures of all for 365 days';
/** Git walks through tens of thousands of commits for it; the benchmark `changes` tells how that compares. */
const anyAge = 'changes to a commit of any age';
const withoutAim = [wholeYear, anyAge];
/** Staging gets four times what production gets. */
const deploysPerProduction = deployCount / (apps.length * 5);

/** Years of history must not make any page slow. */
export const history: Bench = {
  name: 'history',
  about: `Over HTTP with ${deployCount} deploys in ${apps.length * environments.length} environments and ${commitCount} commits in the repository`,
  run: () => withScratch(measure),
};

async function measure(scratch: Scratch): Promise<Measurement[]> {
  const directory = await scratch.directory();
  const dataDir = await scratch.directory();
  const source = await createLargeRepository(join(directory, 'source.git'), commitCount);
  const { db, url } = await startPostgres(scratch);
  const slipway = await startSlipway(scratch, { dataDir, environment: { DATABASE_URL: url } });
  await declareApps(
    slipway.client,
    source.directory,
    apps.map((name) => ({ name, environments, ...(name < 'app-5' ? { paths: ['backend/**'] } : {}) })),
  );
  const line = (await source.git('log', '--first-parent', '--reverse', '--format=%H', 'main')).split('\n');
  await insertDeploys(db, line, deployCount);

  const questions = questionsTo(slipway, line);
  const floor = await ask(questions.nothing);
  const measurements: Measurement[] = [];
  for (const [what, question] of Object.entries(questions.all)) {
    measurements.push({
      what,
      unit: 'ms',
      samples: await ask(question),
      floor: { what: 'who am I', samples: floor },
      ...(withoutAim.includes(what) ? {} : { aim: { of: 'p99', limit: 50 } as const }),
    });
  }
  return measurements;
}

type Question = (round: number) => Promise<unknown>;

async function ask(question: Question): Promise<number[]> {
  await timeEach(warmUps, (round) => question(round + rounds));
  return timeEach(rounds, question);
}

/** Each round asks for something else, so that nothing is answered from memory by chance. */
function questionsTo({ client }: RunningSlipway, shas: readonly string[]) {
  const anyApp = (round: number) => apps[round % apps.length] ?? '';
  const anyWhere = (round: number) => ({ app: anyApp(round), environment: 'production' });
  const anyDeploy = (round: number) => ({
    ...anyWhere(round),
    number: 1 + ((round * 7919) % (deploysPerProduction - 10)),
  });
  const anySha = (round: number) => shas[(round * 104_729) % shas.length] ?? '';
  const recentSha = (round: number) => shas[shas.length - 1 - ((round * 13) % 500)] ?? '';
  const list = (query: NonNullable<CallInput<typeof api.listDeploys>['query']>) =>
    client.call(api.listDeploys, { query });
  /** Cursors are ids. */
  const deep = (round: number) => String(1000 + ((round * 7919) % (deployCount / 2)));

  const all: Record<string, Question> = {
    'list, newest': () => list({}),
    'list, of an app': (round) => list({ app: anyApp(round) }),
    'list, of an environment': (round) => list(anyWhere(round)),
    'list, failed': (round) => list({ state: 'failed', app: anyApp(round) }),
    'list, running or queued': () => list({ state: 'running,queued' }),
    'list, rollbacks of an app': (round) => list({ kind: 'rollback', app: anyApp(round) }),
    'list, by a person': (round) => list({ who: `person${round % 40}` }),
    'list, by a person who is unknown': (round) => list({ who: `nobody${round}` }),
    'list, by a person in an environment': (round) =>
      list({ ...anyWhere(round), who: `person${round % 40}` }),
    'list, of a commit': (round) => list({ sha: anySha(round).slice(0, 8) }),
    'list, of a commit in an environment': (round) =>
      list({ ...anyWhere(round), sha: anySha(round).slice(0, 8) }),
    'list, of a day': (round) => list(dayBack(round)),
    'list, of a day in an environment': (round) => list({ ...anyWhere(round), ...dayBack(round) }),
    'list, page far back': (round) => list({ cursor: deep(round) }),
    'list, page far back of an app': (round) => list({ app: anyApp(round), cursor: deep(round) }),
    'list, 200 a page': () => list({ limit: 200 }),
    'show a deploy': (round) => client.call(api.showDeploy, { params: anyDeploy(round) }),
    'changes of a deploy': (round) => client.call(api.deployChanges, { params: anyDeploy(round) }),
    'changes that would go out': (round) =>
      client.call(api.listChanges, { params: anyWhere(round), query: { ref: recentSha(round) } }),
    'preview of a deploy': (round) =>
      client.call(api.preview, { params: anyWhere(round), query: { ref: recentSha(round + 7) } }),
    [anyAge]: (round) =>
      client.call(api.listChanges, { params: anyWhere(round), query: { ref: anySha(round) } }),
    overview: () => client.call(api.listApps, {}),
    'one app': (round) => client.call(api.showApp, { params: { app: anyApp(round) } }),
    'figures of 30 days': (round) =>
      client.call(api.deployStats, { query: { days: 30, app: anyApp(round) } }),
    [wholeYear]: () => client.call(api.deployStats, { query: { days: 365 } }),
  };
  return { nothing: () => client.call(api.me, {}), all };
}

function dayBack(round: number): { since: string; until: string } {
  const dayMs = 86_400_000;
  const until = Date.now() - (round % 600) * dayMs;
  return { since: new Date(until - dayMs).toISOString(), until: new Date(until).toISOString() };
}
