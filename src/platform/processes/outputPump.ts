import { Socket } from 'node:net';

/** With all writers dead, a pipe ends at once; if it does not, somebody outside the step holds it open. */
const endPatienceMs = 1_000;
/** What a pipe can hold at most (pipe(7)): more than this was not there yet. */
const mostInPipe = 1024 * 1024;

/** Carries a step's output to its consumer at the consumer's pace. */
export interface OutputPump {
  /** Rejects as soon as the consumer does; never resolves. */
  readonly failed: Promise<never>;
  /** How long nothing was written, in ms; 0 while the consumer holds the step up. */
  silentMs(): number;
  /** Resolves when the consumer has taken the last byte. Call it when all processes of the step are gone. */
  drain(): Promise<void>;
  /**
   * Resolves when the consumer has taken what was written until now. What others write later is read and forgotten:
   * a process that was left running must not die of a closed pipe.
   */
  release(): Promise<void>;
  /** Stops at once; what was not consumed is lost. */
  close(): void;
}

/** Starts reading the pipe, and closes it in the end. At most one chunk (64 KiB) waits in memory. */
export function pumpOutput(
  readFd: number,
  onOutput: (chunk: Buffer) => Promise<void> | undefined,
): OutputPump {
  const socket = new Socket({ fd: readFd, readable: true, writable: false });
  const closed = new Promise<void>((resolve) => socket.once('close', resolve));
  let lastOutputAt = performance.now();
  let consuming: Promise<void> | undefined;
  let released = false;
  let received = 0;
  let ended = false;
  void closed.then(() => {
    ended = true;
  });

  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  // Whoever races it sees the error; without anybody racing it must not end the program.
  failed.catch(() => socket.destroy());
  socket.once('error', fail);
  socket.on('data', (chunk: Buffer) => {
    if (released) return;
    lastOutputAt = performance.now();
    received += chunk.length;
    try {
      const taken = onOutput(chunk);
      if (taken) consuming = holdUntil(taken).catch(fail);
    } catch (error) {
      fail(error);
    }
  });

  async function holdUntil(taken: Promise<void>): Promise<void> {
    socket.pause();
    await taken;
    consuming = undefined;
    lastOutputAt = performance.now();
    socket.resume();
  }

  const silentMs = () => (consuming ? 0 : performance.now() - lastOutputAt);

  async function drain(): Promise<void> {
    const allGoneAt = performance.now();
    const giveUp = setInterval(() => {
      if (!consuming && silentMs() > endPatienceMs && performance.now() - allGoneAt > endPatienceMs)
        socket.destroy();
    }, endPatienceMs / 4);
    try {
      await Promise.race([closed, failed]);
      // The end of the pipe is noticed while the consumer is still busy with what came before it.
      await Promise.race([consuming, failed]);
    } finally {
      clearInterval(giveUp);
    }
  }

  async function release(): Promise<void> {
    const receivedBefore = received;
    // A turn of the event loop reads all that is in the pipe. The first may have begun before this.
    for (let quietTurns = 0; quietTurns < 2 && !ended && received - receivedBefore < mostInPipe; ) {
      const seen = received;
      await Promise.race([consuming, failed]);
      await new Promise((resolve) => setImmediate(resolve));
      quietTurns = seen === received && !consuming ? quietTurns + 1 : 0;
    }
    await Promise.race([consuming, failed]);
    released = true;
    socket.resume();
  }

  return { failed, silentMs, drain, release, close: () => socket.destroy() };
}
