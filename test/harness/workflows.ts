import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { RunEvent } from '../../src/workflows/run/index.ts';
import { type Finished, type Running, script, start } from './installation.ts';

/** A checkout with workflows, and a cache of its own. */
export interface WorkflowCheckout {
  readonly directory: string;
  /** Where the places of its runs are made. */
  readonly runs: string;
  write(files: Readonly<Record<string, string>>): Promise<void>;
  git(...args: string[]): string;
  /** `slipway workflow …` in it, to its end. */
  workflow(args: readonly string[], env?: Record<string, string>): Promise<Finished>;
  start(args: readonly string[], env?: Record<string, string>): Running;
  /** The events of a run, and its exit code. */
  events(args: readonly string[]): Promise<{ code: number | null; events: RunEvent[] }>;
  /** All by which git knows it, byte for byte. */
  state(): Promise<unknown>;
  /** What runs left in the cache. */
  leftovers(): Promise<string[]>;
  close(): Promise<void>;
}

/** Makes a checkout with these files, committed on `main`. */
export async function createWorkflowCheckout(
  files: Readonly<Record<string, string>>,
): Promise<WorkflowCheckout> {
  const home = await mkdtemp(join(tmpdir(), 'slipway-workflows-'));
  const directory = join(home, 'harbor');
  const cache = join(home, 'cache');
  const runs = join(cache, 'slipway', 'runs');
  const environment = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    TZ: 'UTC',
    XDG_CACHE_HOME: cache,
    ...(process.env.NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE } : {}),
  };
  const checkout: WorkflowCheckout = {
    directory,
    runs,
    async write(more) {
      for (const [path, text] of Object.entries(more)) {
        await mkdir(dirname(join(directory, path)), { recursive: true });
        await writeFile(join(directory, path), text);
      }
    },
    git: (...args) =>
      execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
        cwd: directory,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    workflow: (args, env) => checkout.start(args, env).finished,
    start: (args, env = {}) => start(script, ['workflow', ...args], environment, { cwd: directory, env }),
    async events(args) {
      const { code, stdout } = await checkout.workflow([...args, '--json']);
      const lines = stdout.split('\n').filter((line) => line !== '');
      return { code, events: lines.map((line) => JSON.parse(line) as RunEvent) };
    },
    async state() {
      const read = (name: string) => readFile(join(directory, '.git', name)).catch(() => null);
      const names = ['index', 'HEAD', 'config', 'logs/HEAD', 'logs/refs/heads/main'];
      const bytes = await Promise.all(names.map(read));
      const status = checkout.git('--no-optional-locks', 'status', '--porcelain=v2', '--ignored');
      return { bytes, status, refs: checkout.git('for-each-ref') };
    },
    leftovers: () => readdir(runs).catch(() => []),
    close: () => rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  };
  await mkdir(directory, { recursive: true });
  checkout.git('init', '-q', '-b', 'main');
  await checkout.write(files);
  checkout.git('add', '.');
  checkout.git('commit', '-qm', 'Tides');
  return checkout;
}
