import { Writable } from 'node:stream';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createLogger } from './log.ts';
import { type Repeated, repeat } from './repeat.ts';

/** Only what hangs shall end by it. */
const patient = { timeout: 60_000 };

const silent = createLogger('test', 'silent');
const never = 3_600_000;

function started(loop: Repeated): Repeated {
  onTestFinished(() => loop.stop());
  return loop;
}

describe('repeated work', () => {
  it('begins at once, and again when its time has come', async () => {
    let rounds = 0;
    started(
      repeat('count', 1, silent, async () => {
        rounds += 1;
      }),
    );
    expect(rounds).toBe(1);
    await vi.waitFor(() => expect(rounds).toBeGreaterThan(3), patient);
  });

  it('begins again when it is woken', async () => {
    let rounds = 0;
    const loop = started(
      repeat('count', never, silent, async () => {
        rounds += 1;
      }),
    );
    for (const expected of [2, 3, 4]) {
      loop.wake();
      await vi.waitFor(() => expect(rounds).toBe(expected), patient);
    }
  });

  it('never overlaps, and a wake during a round is not lost', async () => {
    let rounds = 0;
    let running = 0;
    let gate = Promise.withResolvers<void>();
    const loop = repeat('gate', never, silent, async () => {
      rounds += 1;
      running += 1;
      expect(running).toBe(1);
      await gate.promise;
      running -= 1;
    });
    loop.wake();
    loop.wake();
    expect(rounds).toBe(1);
    const first = gate;
    gate = Promise.withResolvers();
    first.resolve();
    await vi.waitFor(() => expect(rounds).toBe(2), patient);
    gate.resolve();
    await loop.stop();
    expect(rounds).toBe(2);
  });

  it('ends when the round that runs is over, and is not begun any more', async () => {
    let rounds = 0;
    const gate = Promise.withResolvers<void>();
    const loop = repeat('gate', 1, silent, async () => {
      rounds += 1;
      await gate.promise;
    });
    let stopped = false;
    const stopping = loop.stop().then(() => {
      stopped = true;
    });
    await new Promise(setImmediate);
    expect(stopped).toBe(false);
    gate.resolve();
    await stopping;
    loop.wake();
    expect(rounds).toBe(1);
  });

  it('ends at once while it pauses', async () => {
    const loop = repeat('idle', never, silent, async () => {});
    await new Promise(setImmediate);
    await loop.stop();
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('the database is away'))],
    [
      'throws',
      () => {
        throw new Error('the database is away');
      },
    ],
  ])('goes on after a round that %s, and says so once', async (_, fail) => {
    const lines: string[] = [];
    const log = pino(
      {},
      new Writable({ write: (line, _encoding, done) => done(void lines.push(String(line))) }),
    );
    let rounds = 0;
    const loop = started(
      repeat('fetch', never, log, () => {
        rounds += 1;
        return rounds === 4 ? Promise.resolve() : fail();
      }),
    );
    // Said after each of the rounds; the fourth is the one that succeeds.
    for (const [index, said] of [1, 1, 1, 1, 2, 2].entries()) {
      await vi.waitFor(() => expect(rounds).toBe(index + 1), patient);
      await new Promise(setImmediate);
      expect(lines).toHaveLength(said);
      loop.wake();
    }
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      msg: 'fetch failed; it is tried again',
      err: { message: 'the database is away' },
    });
  });
});
