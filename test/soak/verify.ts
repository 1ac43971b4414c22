import type { Deploy, DeployDetail } from '../../src/contract/deploys.ts';
import { api } from '../../src/contract/index.ts';
import type { EventRecord } from '../../src/contract/system.ts';
import { type Entry, findFaults, readBook } from './books.ts';
import type { Instance } from './instance.ts';
import { untilAnswered } from './users.ts';
import type { LogSeen } from './watchers.ts';
import { isMeantToFail, type Place, stepCount, type World } from './world.ts';

/** What Slipway says, compared with what happened. Holds what was final, which must never change. */
export interface Auditor {
  /** Every deploy there is, newest first. */
  deploys(): Promise<Deploy[]>;
  /** All that is not true, in words. Call it while nothing is moving. */
  audit(promised: readonly Deploy[]): Promise<string[]>;
  auditLog(seen: LogSeen): Promise<string[]>;
  /** What the stream of events tells to somebody who starts at the beginning. */
  auditEvents(seen: readonly EventRecord[]): Promise<string[]>;
}

export function createAuditor(instance: Instance, world: World): Auditor {
  const final = new Map<string, string>();
  const audited = new Set<string>();

  async function deploys(): Promise<Deploy[]> {
    const all: Deploy[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 200, ...(cursor === undefined ? {} : { cursor }) };
      const page = await untilAnswered(instance, (client) => client.call(api.listDeploys, { query }));
      all.push(...page.items);
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
    return all;
  }

  async function audit(promised: readonly Deploy[]): Promise<string[]> {
    const all = await deploys();
    const byName = new Map(all.map((deploy) => [deploy.name, deploy]));
    const faults = all.flatMap((deploy) => changedAfterTheEnd(deploy));
    if (byName.size !== all.length) faults.push('a name was given twice');
    for (const deploy of promised) {
      if (byName.get(deploy.name)?.sha !== deploy.sha)
        faults.push(`${deploy.name} was promised and is not there`);
    }
    for (const place of world.places) faults.push(...(await auditPlace(place, all)));
    return faults;
  }

  /** Nothing leaves a final state, and how it ended is never told differently. */
  function changedAfterTheEnd(deploy: Deploy): string[] {
    if (deploy.finished_at === null) return [];
    const now = JSON.stringify([deploy.state, deploy.sha, deploy.result, deploy.finished_at]);
    const before = final.get(deploy.name) ?? now;
    final.set(deploy.name, now);
    return before === now ? [] : [`${deploy.name} changed after its end: ${before} → ${now}`];
  }

  async function auditPlace(place: Place, all: readonly Deploy[]): Promise<string[]> {
    const own = all.filter((d) => d.app === place.app && d.environment === place.environment);
    const book = await readBook(world, place);
    const faults = findFaults(place, book);
    faults.push(...findNumberGaps(place, own), ...findWrongPointer(place, own));
    const known = new Set(own.map(({ number }) => number));
    for (const { number } of book)
      if (!known.has(number)) faults.push(`#${number} ran in ${place.app}, unknown`);
    for (const deploy of own.filter(({ name }) => !audited.has(name))) {
      const { app, environment, number } = deploy;
      const params = { app, environment, number };
      const detail = await untilAnswered(instance, (client) => client.call(api.showDeploy, { params }));
      faults.push(
        ...findUntruths(
          detail,
          book.filter((entry) => entry.number === number),
        ),
      );
      if (deploy.finished_at !== null) audited.add(deploy.name);
    }
    return faults;
  }

  async function auditLog({ deploy, text }: LogSeen): Promise<string[]> {
    const { app, environment, number } = deploy;
    const input = { params: { app, environment, number }, query: {} };
    const log = await untilAnswered(instance, async (client) =>
      (await client.fetchRaw(api.log, input)).text(),
    );
    return log === text ? [] : [`${deploy.name}: its log is not what its reader saw`];
  }

  async function auditEvents(seen: readonly EventRecord[]): Promise<string[]> {
    const newest = seen.at(-1)?.id ?? 0;
    const all = await untilAnswered(instance, async (client) => {
      const ids: number[] = [];
      if (newest === 0) return ids;
      for await (const { data } of client.stream(api.events, { query: { after: 0 } })) {
        ids.push((data as EventRecord).id);
        if ((ids.at(-1) ?? 0) >= newest) return ids;
      }
      return ids;
    });
    const missed = all.filter((id) => !seen.some((event) => event.id === id));
    return missed.length === 0 ? [] : [`events ${missed.join(', ')} were never told`];
  }

  return { deploys, audit, auditLog, auditEvents };
}

function findNumberGaps(place: Place, own: readonly Deploy[]): string[] {
  const numbers = own.map(({ number }) => number).sort((a, b) => a - b);
  const wrong = numbers.filter((number, index) => number !== index + 1);
  return wrong.length === 0 ? [] : [`${place.app}/${place.environment}: numbers ${numbers.join(' ')}`];
}

function findWrongPointer(place: Place, own: readonly Deploy[]): string[] {
  const succeeded = own.filter(({ state }) => state === 'succeeded');
  const newest = succeeded.sort((a, b) => (a.finished_at ?? '').localeCompare(b.finished_at ?? '')).at(-1);
  const live = own.filter((deploy) => deploy.live).map(({ name }) => name);
  if (live.join() === (newest?.name ?? '')) return [];
  return [`${place.app}/${place.environment}: live is ${live.join()}, the newest success ${newest?.name}`];
}

/** Compares what Slipway says of a deploy with what its steps wrote. */
export function findUntruths(deploy: DeployDetail, book: readonly Entry[]): string[] {
  const faults = deploy.steps.flatMap((step) => findUntrueStep(step, book));
  const isOver = deploy.finished_at !== null;
  const claims: [boolean, string][] = [
    [book.some(({ sha }) => sha !== deploy.sha), 'another commit ran'],
    [deploy.steps.length !== stepCount, 'it has another number of steps'],
    [isOver && deploy.steps.some(({ state }) => state === 'running'), 'a step is running after the end'],
    [isOver && !deploy.result, 'it does not say how it ended'],
    [neverRan.includes(deploy.state) && book.length > 0, 'it ran'],
    [
      deploy.state === 'succeeded' && deploy.steps.some(({ state }) => state !== 'succeeded'),
      'not by its steps',
    ],
    [deploy.state === 'succeeded' && isMeantToFail(deploy.number), 'it was meant to fail'],
  ];
  faults.push(...claims.filter(([isWrong]) => isWrong).map(([, claim]) => claim));
  return faults.map((fault) => `${deploy.name} (${deploy.state}): ${fault}`);
}

const neverRan = ['queued', 'superseded'];

function findUntrueStep(
  { position, state }: DeployDetail['steps'][number],
  book: readonly Entry[],
): string[] {
  const wrote = (what: Entry['what']) => book.some((e) => e.step === position && e.what === what);
  const claims: [boolean, string][] = [
    [state === 'succeeded' && (!wrote('end') || wrote('fail')), 'did not end well'],
    [state === 'failed' && wrote('end'), 'ended well'],
    [(state === 'skipped' || state === 'pending') && wrote('start'), 'ran'],
  ];
  return claims
    .filter(([isWrong]) => isWrong)
    .map(([, claim]) => `step ${position} is ${state}, but ${claim}`);
}
