import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { AppError, systemCode } from '../errors.ts';
import { gitEnvironment } from './environment.ts';
import { GitError } from './gitError.ts';

export type GitOptions = {
  /** The repository. Git never searches parent directories for one when it is given. */
  gitDir?: string;
  cwd?: string;
  /** Added to the fixed environment. Secrets go here, never into `args`: every user of the machine sees argv. */
  env?: Record<string, string>;
  input?: string | Buffer | Readable;
  signal?: AbortSignal;
  /** Of stdout, for `runGit`. */
  maxBytes?: number;
  timeoutMs?: number;
  /** Texts that must not appear in an error. */
  secrets?: readonly string[];
  onStderr?: (text: string) => void;
};

const defaultMaxBytes = 256 * 1024 * 1024;
const defaultTimeoutMs = 120_000;
const killAfterMs = 5_000;
const stderrTailChars = 32_768;

/**
 * Runs git and returns what it wrote to stdout. Throws `GitError` when it fails, takes longer than `timeoutMs`
 * (default two minutes) or writes more than `maxBytes` (default 256 MiB); rejects with `signal.reason` on abort.
 */
export async function runGit(args: readonly string[], options: GitOptions = {}): Promise<Buffer> {
  const git = startGit(args, options);
  const chunks: Buffer[] = [];
  let size = 0;
  git.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > (options.maxBytes ?? defaultMaxBytes)) git.stop('too_large');
    else chunks.push(chunk);
  });
  await git.ended;
  return Buffer.concat(chunks, size);
}

/**
 * Runs git and yields stdout as it comes, at the pace of the reader. Ends git when the reader stops early;
 * throws like `runGit`, after the last chunk.
 */
export async function* streamGit(args: readonly string[], options: GitOptions = {}): AsyncGenerator<Buffer> {
  const git = startGit(args, options);
  // The failure is reported by `await git.ended` below; without this an early one would count as unhandled.
  git.ended.catch(() => undefined);
  let finished = false;
  try {
    yield* git.stdout.iterator({ destroyOnReturn: true }) as AsyncIterable<Buffer>;
    finished = true;
  } finally {
    if (!finished) git.stop('reader_left');
  }
  await git.ended;
}

type StopReason = 'timeout' | 'too_large' | 'aborted' | 'reader_left';
export type GitProcess = { stdout: Readable; ended: Promise<void>; stop: (reason: StopReason) => void };

/** Starts git for who reads its output and awaits its end; both `runGit` and `streamGit` are simpler. */
export function startGit(args: readonly string[], options: GitOptions): GitProcess {
  options.signal?.throwIfAborted();
  // `detached` gives git its own process group, so that its helpers (ssh, index-pack) end with it.
  const child = spawn('git', args, {
    cwd: options.cwd,
    env: gitEnvironment(options.gitDir, options.env),
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  let stopped: StopReason | undefined;
  let killTimer: NodeJS.Timeout | undefined;
  const stop = (reason: StopReason): void => {
    if (stopped !== undefined) return;
    stopped = reason;
    signalGroup(child, 'SIGTERM');
    killTimer = setTimeout(() => signalGroup(child, 'SIGKILL'), killAfterMs);
  };
  const timer = setTimeout(() => stop('timeout'), options.timeoutMs ?? defaultTimeoutMs);
  const onAbort = () => stop('aborted');
  options.signal?.addEventListener('abort', onAbort, { once: true });
  const ended = settle(child, args, options, () => stopped).finally(() => {
    clearTimeout(timer);
    clearTimeout(killTimer);
    options.signal?.removeEventListener('abort', onAbort);
  });
  feed(child, options.input);
  return { stdout: child.stdout, ended, stop };
}

async function settle(
  child: ChildProcess,
  args: readonly string[],
  options: GitOptions,
  stopReason: () => StopReason | undefined,
): Promise<void> {
  const stderr = collectTail(child.stderr, options.onStderr);
  const { code, signal, error } = await exitOf(child);
  if (error !== undefined) throw cannotStart(error, options.cwd);
  const stopped = stopReason();
  if (stopped === 'aborted') throw options.signal?.reason;
  if (stopped === 'reader_left' || (code === 0 && stopped === undefined)) return;
  throw new GitError({
    args,
    place: options.gitDir ?? options.cwd,
    exitCode: code,
    signal,
    stderr: stderr(),
    ...(stopped === undefined ? {} : { stopped }),
    ...(options.secrets === undefined ? {} : { secrets: options.secrets }),
  });
}

function collectTail(stream: Readable | null, onText?: (text: string) => void): () => string {
  let tail = '';
  stream?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-stderrTailChars);
    onText?.(text);
  });
  return () => tail;
}

type Exit = { code: number | null; signal: NodeJS.Signals | null; error?: Error };

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      if (child.pid === undefined) resolve({ code: null, signal: null, error });
    });
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}

function cannotStart(error: Error, cwd: string | undefined): AppError {
  if (systemCode(error) !== 'ENOENT') {
    return new AppError('unavailable', `git could not be started: ${error.message}`, {}, { cause: error });
  }
  // A missing working directory looks exactly like a missing program.
  if (cwd !== undefined && !existsSync(cwd)) {
    return new AppError('internal', `git could not be started: there is no directory ${cwd}`);
  }
  return new AppError(
    'unavailable',
    'git is not installed; install git 2.32 or newer and see that PATH finds it',
  );
}

/** Git may end before it has read all of its input; what it says about that is in its exit code, not in EPIPE. */
function feed(child: ChildProcess, input: GitOptions['input']): void {
  child.stdin?.on('error', () => undefined);
  if (input instanceof Readable && child.stdin) input.pipe(child.stdin);
  else child.stdin?.end(input);
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (systemCode(error) !== 'ESRCH') throw error;
  }
}
