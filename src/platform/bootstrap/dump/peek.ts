/** Bytes whose beginning is known already. */
export interface Peeked {
  /** The first bytes, at least as many as were asked for unless there are no more. */
  readonly head: Buffer;
  /** All of them, the head included. */
  readonly bytes: AsyncIterable<Buffer>;
  /** Ends the reading, wherever it is. */
  close(): Promise<void>;
}

/** Reads the beginning of `source` and gives it back with the rest. */
export async function peek(source: AsyncIterable<Buffer>, length: number): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]();
  const first: Buffer[] = [];
  let known = 0;
  while (known < length) {
    const { done, value } = await iterator.next();
    if (done) break;
    first.push(value);
    known += value.length;
  }
  const head = Buffer.concat(first);
  return {
    head,
    bytes: withHead(head, iterator),
    close: async () => {
      await iterator.return?.();
    },
  };
}

async function* withHead(head: Buffer, iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  for (;;) {
    const { done, value } = await iterator.next();
    if (done) return;
    yield value;
  }
}
