import { randomUUID } from 'node:crypto';
import { Option } from 'commander';
import { api } from '../../contract/addresses.ts';
import type { Lock } from '../../contract/locks.ts';
import { AppError } from '../../platform/errors.ts';
import { defineCommand } from '../command.ts';
import { splitTarget } from '../deployName.ts';
import { parseDuration, parseMoment } from '../duration.ts';
import { lockLines } from '../views/lockBanner.ts';

interface LockOptions {
  readonly reason: string;
  readonly for?: string;
  readonly until?: string;
}

export const lockCommand = defineCommand<LockOptions>({
  name: 'lock [app] [environment]',
  summary: 'hold all deploys: of everything, an app, or one environment',
  details:
    'New deploys and what is queued wait. Rollbacks, and re-deploys of a release that was good there, pass. Locking everything takes an admin.',
  options: [
    new Option('-r, --reason <reason>', 'why; everybody sees it').makeOptionMandatory(),
    new Option('--for <duration>', 'unlock by itself after 30m, 2h, 1d').conflicts('until'),
    new Option('--until <time>', 'unlock by itself at 2026-11-22T09:00'),
  ],
  examples: [
    ['slipway lock harbor production --reason "incident 42"', 'one environment'],
    ['slipway lock --reason "release freeze" --for 2h', 'everything, for two hours'],
  ],
  async run({ client, out, options, now }, first, second) {
    const { app, environment } = splitTarget(first, second);
    const until = options.until ?? options.for;
    if (options.for !== undefined) parseDuration(options.for);
    const expiresAt = until === undefined ? undefined : parseMoment(until, now(), 'after').toISOString();
    const body = {
      reason: options.reason,
      ...(app && { app }),
      ...(environment && { environment }),
      ...(expiresAt && { expires_at: expiresAt }),
    };
    const lock = await (await client()).call(api.createLock, { body }, { idempotencyKey: randomUUID() });
    out.show(lock, () => {
      for (const line of lockLines([lock], out)) out.line(line);
      out.note(out.paint('dim', `Unlock: slipway unlock ${wordsOf(lock)}`.trimEnd()));
    });
    return undefined;
  },
});

export const unlockCommand = defineCommand<{ start?: boolean }>({
  name: 'unlock [app] [environment]',
  summary: 'unlock; what waited stays held unless --start is given',
  options: [new Option('--start', 'let what waited start')],
  examples: [
    ['slipway unlock harbor production', 'what waited stays held: slipway start DEPLOY lets one go on'],
    ['slipway unlock harbor production --start', 'what waited starts'],
  ],
  async run({ client, out, options }, first, second) {
    const server = await client();
    const { app, environment } = splitTarget(first, second);
    const { items } = await server.call(api.listLocks, {});
    const id = findLock(items, app ?? null, environment ?? null).id;
    const answer = await server.call(api.unlock, {
      params: { id },
      body: { start_waiting: options.start === true },
    });
    out.show(answer, () => {
      out.line(`unlocked ${answer.lock.scope}`);
      for (const name of answer.waiting) {
        out.line(
          answer.started ? `  ${name} starts` : `  ${name} stays held; let it go on: slipway start ${name}`,
        );
      }
    });
    return undefined;
  },
});

export const locksCommand = defineCommand({
  name: 'locks',
  summary: 'the open locks',
  examples: [['slipway locks', 'what is locked, by whom, since when, and why']],
  async run({ client, out }) {
    const answer = await (await client()).call(api.listLocks, {});
    out.show(answer, () => {
      if (answer.items.length === 0) out.line('nothing is locked');
      for (const line of lockLines(answer.items, out)) out.line(line);
    });
    return undefined;
  },
});

/** The open lock with exactly this scope; not_found names the ones there are. */
function findLock(locks: readonly Lock[], app: string | null, environment: string | null): Lock {
  const found = locks.find((lock) => lock.app === app && lock.environment === environment);
  if (found !== undefined) return found;
  const scope = app === null ? 'everything' : environment === null ? app : `${app}/${environment}`;
  const open = locks.map((lock) => `slipway unlock ${wordsOf(lock)}`.trimEnd());
  const advice = open.length === 0 ? 'nothing is' : `but there is: ${open.join('; ')}`;
  throw new AppError('not_found', `${scope} is not locked; ${advice}`);
}

const wordsOf = (lock: Lock): string =>
  [lock.app, lock.environment].filter((word) => word !== null).join(' ');
