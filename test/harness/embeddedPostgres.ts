import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

export const isRoot = process.geteuid?.() === 0;
/** The uid that a root Slipway runs PostgreSQL as, and that tests use as an ordinary user. */
export const ordinaryId = 65534;
export const asOrdinaryUser = isRoot
  ? ['setpriv', '--reuid', String(ordinaryId), '--regid', String(ordinaryId), '--clear-groups', '--']
  : [];

const checkout = join(import.meta.dirname, '../..');

/** Why an ordinary user cannot run this checkout's code, or undefined. */
export function whyNotOrdinary(): string | undefined {
  if (!isRoot) return undefined;
  const [file = '', ...args] = [
    ...asOrdinaryUser,
    'test',
    '-x',
    process.execPath,
    '-a',
    '-r',
    join(checkout, 'src'),
  ];
  return spawnSync(file, args).status === 0 ? undefined : `uid ${ordinaryId} cannot reach ${checkout}`;
}

/** What `holdPostgres` prints once the server answers, or why it does not. */
export interface HeldServer {
  pid: number;
  connection: pg.ClientConfig;
  adopted: boolean;
  error?: string;
}

/** A process of its own that runs the embedded server on `dataDir`, like a Slipway that can be killed. */
export function spawnHolder(dataDir: string, prefix: string[] = [], root = checkout): ChildProcess {
  const program = join(root, 'test/harness/programs/holdPostgres.ts');
  const [file = '', ...args] = [...prefix, process.execPath, program, dataDir];
  return spawn(file, args, { cwd: '/', detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
}

export async function firstLine(child: ChildProcess): Promise<HeldServer> {
  if (child.stdout === null) throw new Error('the holder has no stdout');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return JSON.parse(line as string) as HeldServer;
}

export async function kill(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}

/** Runs statements on a new connection; answers the rows of the last. */
export async function query(connection: pg.ClientConfig, text: string): Promise<unknown[]> {
  const client = new pg.Client(connection);
  client.on('error', () => {});
  await client.connect();
  try {
    const result = (await client.query(text)) as pg.QueryResult | pg.QueryResult[];
    return (Array.isArray(result) ? result.at(-1) : result)?.rows ?? [];
  } finally {
    await client.end();
  }
}

/** Polls until the condition holds; throws when it hangs. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await delay(5);
  }
}

/** Temporary directories and mounts of one test file; `removeAll` in `afterAll`. */
export class Scratch {
  private readonly directories: string[] = [];
  private readonly mounts: string[] = [];

  /** A directory of mode 0700 of ours, or of the ordinary user. */
  directory(owner?: number): string {
    const path = mkdtempSync(join(tmpdir(), 'slipway-scratch-'));
    this.directories.push(path);
    if (owner !== undefined && isRoot) chownSync(path, owner, owner);
    return path;
  }

  /** Mounts on a new directory; answers its path, or undefined where mounting is not permitted. */
  mount(args: string[]): string | undefined {
    const path = join(this.directory(), 'mounted');
    mkdirSync(path);
    if (spawnSync('mount', [...args, path]).status !== 0) return undefined;
    this.mounts.push(path);
    return path;
  }

  remount(path: string, options: string): void {
    execFileSync('mount', ['-o', `remount,${options}`, path]);
  }

  removeAll(): void {
    for (const path of this.mounts) execFileSync('umount', ['--lazy', path]);
    for (const path of this.directories) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  }
}

export const mountRefused = 'mounting needs root with CAP_SYS_ADMIN';
