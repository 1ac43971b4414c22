import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { stringify } from 'yaml';
import { packageRoot } from '../../src/platform/settings.ts';

/** What a command printed, and how it ended. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string | Buffer;
  readonly env?: Record<string, string>;
  readonly cwd?: string;
}

export interface UpOptions {
  readonly args?: readonly string[];
  readonly env?: Record<string, string>;
}

/** A command that still runs. */
export interface Running {
  readonly child: ChildProcess;
  /** What it has printed so far, on both. */
  printed(): string;
  readonly finished: Promise<Finished>;
}

/** Slipway as it is installed: `bin/slipway up` on a data directory of its own, and its command line. */
export interface Installation {
  readonly home: string;
  readonly dataDir: string;
  /** For programs that run `slipway` themselves. */
  readonly environment: Record<string, string>;
  /** Starts the server, with more options and settings; resolves when it works. */
  up(options?: UpOptions): Promise<void>;
  /** Ends the server, as Ctrl-C does. */
  down(): Promise<void>;
  /** Where it listens, from another start on elsewhere. */
  url(): Promise<string>;
  token(): Promise<string>;
  /** kill -9, of Slipway itself alone. */
  kill(): Promise<void>;
  /** Runs `slipway …` to its end. */
  slipway(args: readonly string[], options?: RunOptions): Promise<Finished>;
  start(args: readonly string[], options?: RunOptions): Running;
  /** Writes a slipway.yml and applies it. */
  apply(configuration: object): Promise<void>;
  close(): Promise<void>;
}

export const script = join(packageRoot, 'bin', 'slipway');

export async function createInstallation(): Promise<Installation> {
  const home = await mkdtemp(join(tmpdir(), 'slipway-installation-'));
  const dataDir = join(home, 'data');
  const environment = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    ...(process.env.NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE } : {}),
    XDG_CACHE_HOME: join(tmpdir(), 'slipway-test-cache'),
    SLIPWAY_DATA_DIR: dataDir,
    SLIPWAY_PORT: '0',
    TZ: 'UTC',
  };
  let server: ChildProcess | undefined;

  const installation: Installation = {
    home,
    dataDir,
    environment,
    up: async ({ args = [], env = {} } = {}) => {
      let printed = '';
      const child = spawn(script, ['up', ...args], {
        env: { ...environment, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          printed += text;
        });
      }
      server = child;
      await vi.waitFor(
        () => {
          if (child.exitCode !== null) throw new Error(`slipway up ended:\n${printed}`);
          if (!printed.includes('Ctrl-C stops it.')) throw new Error(`slipway is not up yet:\n${printed}`);
        },
        { timeout: 60_000, interval: 20 },
      );
    },
    url: async () => JSON.parse(await readFile(join(dataDir, 'slipway.pid.json'), 'utf8')).url,
    token: async () => (await readFile(join(dataDir, 'machine-token'), 'utf8')).trim(),
    down: async () => end(server, 'SIGTERM'),
    kill: async () => end(server, 'SIGKILL'),
    slipway: (args, options) => installation.start(args, options).finished,
    start: (args, options) => start(script, args, environment, options),
    apply: async (configuration) => {
      await writeFile(join(home, 'slipway.yml'), stringify(configuration));
      const applied = await installation.slipway(['apply', join(home, 'slipway.yml')]);
      if (applied.code !== 0) throw new Error(applied.stderr);
    },
    close: async () => {
      await end(server, 'SIGTERM');
      await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
  return installation;
}

/** Starts a program whose output is collected. */
export function start(
  program: string,
  args: readonly string[],
  environment: Record<string, string>,
  options: RunOptions = {},
): Running {
  const child = spawn(program, args, {
    env: { ...environment, ...options.env },
    cwd: options.cwd ?? environment.HOME,
    stdio: 'pipe',
  });
  let stdout = '';
  let stderr = '';
  let printed = '';
  child.stdout.setEncoding('latin1').on('data', (text: string) => {
    stdout += text;
    printed += text;
  });
  child.stderr.setEncoding('latin1').on('data', (text: string) => {
    stderr += text;
    printed += text;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  const finished = once(child, 'close').then(([code]) => ({
    code: code as number | null,
    stdout: utf8(stdout),
    stderr: utf8(stderr),
  }));
  return { child, printed: () => utf8(printed), finished };
}

const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');

async function end(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
