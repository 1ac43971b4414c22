import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { AppError } from '../errors.ts';

/**
 * Does `work` while no other process of this machine holds the lock file at `path`. The kernel holds it (flock), through a
 * small process that ends with this one: what is killed lets go. Stops waiting with the signal's reason.
 */
export async function holdLock<Value>(
  path: string,
  signal: AbortSignal,
  work: () => Promise<Value>,
): Promise<Value> {
  signal.throwIfAborted();
  // cat answers when the lock is there, and ends when its input does.
  const holder = spawn('flock', ['--no-fork', path, 'cat'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = once(holder, 'exit').catch(() => undefined);
  const give = () => void holder.kill('SIGKILL');
  holder.stdin.on('error', () => undefined);
  signal.addEventListener('abort', give);
  try {
    holder.stdin.write('.');
    const held = await Promise.race([once(holder.stdout, 'data').then(() => true), ended.then(() => false)]);
    signal.throwIfAborted();
    if (!held)
      throw new AppError('unavailable', `${path} cannot be locked by flock(1), which is part of util-linux`);
    return await work();
  } finally {
    signal.removeEventListener('abort', give);
    give();
    await ended;
  }
}
