import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ApiError } from '../../../src/contract/client.ts';
import { api } from '../../../src/contract/index.ts';
import { createGitClient } from '../../harness/gitClient.ts';
import type { Instance } from '../instance.ts';
import type { Random } from '../random.ts';
import { untilAnswered } from '../users.ts';
import { type RunsWorld, repository, writeWorkflows } from './world.ts';

/** People at work: they push, push again, cancel and re-run, and repeat what was not answered. */
export interface RunsUsers {
  /** The commit of each branch that is there, of which Slipway said that it has it. */
  readonly branches: ReadonlyMap<string, string>;
  readonly faults: readonly string[];
  readonly counts: ReadonlyMap<string, number>;
  resume(): void;
  /** Resolves when all have the answer that they were waiting for. */
  pause(): Promise<void>;
  close(): Promise<void>;
}

/** More runs at once than these, and nobody pushes. */
const mostOpen = 14;
const refusals = ['conflict', 'invalid_transition', 'not_found'];
const pushPauseMs = 150;

export async function startRunsUsers(
  team: { count: number; random: Random; stepSeconds: number },
  instance: Instance,
  world: RunsWorld,
): Promise<RunsUsers> {
  const git = await createGitClient();
  const branches = new Map<string, string>();
  const faults: string[] = [];
  const counts = new Map<string, number>();
  let working = false;
  let done: Promise<unknown> = Promise.resolve();
  let changes = 0;
  for (let user = 0; user < team.count; user += 1) await makeCopy(`user-${user}`);

  async function makeCopy(copy: string): Promise<void> {
    await mkdir(join(git.directory, copy));
    await git.must(copy, 'init', '--quiet', '--initial-branch=main');
    await writeWorkflows(join(git.directory, copy), world.books, team.stepSeconds);
    await commit(copy);
  }

  async function commit(copy: string): Promise<void> {
    changes += 1;
    await writeFile(join(git.directory, copy, 'change'), `${changes}\n`);
    await git.must(copy, 'add', '--all');
    await git.must(copy, 'commit', '--quiet', '--message', `Change ${changes}`);
  }

  async function work(copy: string, random: Random): Promise<void> {
    while (working) {
      await act(copy, random);
      await pauseFor(random.between(50, 500));
    }
  }

  async function act(copy: string, random: Random): Promise<void> {
    const ticket = random.next();
    const [name, action] =
      ticket < 0.6
        ? (['push', push] as const)
        : ticket < 0.75
          ? (['cancel', cancel] as const)
          : ticket < 0.92
            ? (['re-run', rerun] as const)
            : (['delete', remove] as const);
    try {
      if (await action(copy, random)) counts.set(name, (counts.get(name) ?? 0) + 1);
    } catch (error) {
      if (error instanceof ApiError && refusals.includes(error.problem.code)) return;
      faults.push(`${name}: ${error}`);
    }
  }

  /** A commit on top of the last one, or beside it: branches are moved backwards and sideways. */
  async function push(copy: string, random: Random): Promise<boolean> {
    const open = await runs({ state: 'open' });
    if (open.length >= mostOpen) return false;
    if (random.chance(0.4)) await git.git(copy, 'reset', '--quiet', '--hard', 'HEAD^');
    await commit(copy);
    const names = random.chance(0.3) ? ['one', 'two'] : [random.pick(['one', 'two', 'three'])];
    const own = names.map((name) => `${copy}-${name}`);
    await pushRefs(
      copy,
      own.map((branch) => `HEAD:refs/heads/${branch}`),
    );
    const sha = await git.must(copy, 'rev-parse', 'HEAD');
    for (const branch of own) branches.set(branch, sha);
    return true;
  }

  async function remove(copy: string, random: Random): Promise<boolean> {
    const branch = `${copy}-${random.pick(['one', 'two', 'three'])}`;
    const sha = branches.get(branch);
    if (sha === undefined) return false;
    branches.delete(branch);
    if (await pushRefs(copy, [`:refs/heads/${branch}`])) return true;
    branches.set(branch, sha);
    return false;
  }

  /** Slipway may end between its answer and the last thing that git heard: the same push again says what is true. */
  async function pushRefs(copy: string, refs: readonly string[]): Promise<boolean> {
    for (;;) {
      const pushed = await tryPush(copy, refs);
      if (pushed.ok || pushed.stderr.includes('remote ref does not exist')) return true;
      if (pushed.stderr.includes('deletion of the current branch')) return false;
      if (/rejected|denied/.test(pushed.stderr)) throw new Error(pushed.stderr);
      await pauseFor(pushPauseMs);
    }
  }

  async function tryPush(copy: string, refs: readonly string[]) {
    const url = await untilAnswered(instance, async () => instance.gitUrl(repository));
    return git.git(copy, 'push', '--quiet', '--force', url, ...refs);
  }

  async function cancel(_: string, random: Random): Promise<boolean> {
    const open = await runs({ state: 'open' });
    if (open.length === 0) return false;
    const { id } = random.pick(open);
    await untilAnswered(instance, (client) => client.call(api.cancelRun, { params: { run: id } }));
    return true;
  }

  async function rerun(_: string, random: Random): Promise<boolean> {
    const ended = await runs({ state: 'completed' });
    const open = await runs({ state: 'open' });
    if (ended.length === 0 || open.length >= mostOpen) return false;
    const { id } = random.pick(ended);
    const body = { only: random.pick(['all', 'failed'] as const) };
    const idempotencyKey = `soak-${random.between(0, 0xffff_ffff)}-${random.between(0, 0xffff_ffff)}`;
    const input = { params: { run: id }, body };
    await untilAnswered(instance, (client) => client.call(api.rerunRun, input, { idempotencyKey }));
    return true;
  }

  async function runs(query: { state: 'open' | 'completed' }) {
    const page = await untilAnswered(instance, (client) => client.call(api.listRuns, { query }));
    return page.items;
  }

  return {
    branches,
    faults,
    counts,
    resume: () => {
      working = true;
      done = Promise.all(
        Array.from({ length: team.count }, (_, user) => work(`user-${user}`, team.random.fork())),
      );
    },
    pause: async () => {
      working = false;
      await done;
    },
    close: async () => {
      await git[Symbol.asyncDispose]();
    },
  };
}

const pauseFor = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
