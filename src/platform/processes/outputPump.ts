import { Socket } from 'node:net';

/** With all writers dead, a pipe ends at once; if it does not, somebody outside the step holds it open. */
const endPatienceMs = 1_000;

/** Carries a step's output to its consumer at the consumer's pace. */
export interface OutputPump {
  /** Rejects as soon as the consumer does; never resolves. */
  readonly failed: Promise<never>;
  /** How long nothing was written, in ms; 0 while the consumer holds the step up. */
  silentMs(): number;
  /** Resolves when the consumer has taken the last byte. Call it when all processes of the step are gone. */
  drain(): Promise<void>;
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

  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  // Whoever races it sees the error; without anybody racing it must not end the program.
  failed.catch(() => socket.destroy());
  socket.once('error', fail);
  socket.on('data', (chunk: Buffer) => {
    lastOutputAt = performance.now();
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

  return { failed, silentMs, drain, close: () => socket.destroy() };
}
