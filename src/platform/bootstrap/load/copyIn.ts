import { once } from 'node:events';
import type pg from 'pg';
import { type CopyStreamQuery, from as copyFrom } from 'pg-copy-streams';
import { queryMessage } from './rawQuery.ts';

/** A COPY from its statement to its last row. */
export class CopyIn {
  readonly #stream: CopyStreamQuery;
  readonly #failed: Promise<never>;
  #failure: Error | undefined;

  constructor(client: pg.Client, statement: Buffer) {
    // With one piece at a time on the way nothing is left to be written when the server ends the COPY by an error:
    // pg-copy-streams would write it to a connection that it has let go of.
    this.#stream = copyFrom('', { highWaterMark: 1 });
    // The statement is sent as the bytes it is: it may be in another encoding than UTF-8.
    this.#stream.submit = function submit(
      this: CopyStreamQuery & { connection?: pg.Connection },
      connection,
    ) {
      this.connection = connection;
      connection.stream.write(queryMessage([statement]));
    };
    // Known at once, and not a turn later: pg-copy-streams lets go of the connection with the error.
    this.#stream.once('error', (error) => {
      this.#failure = error;
    });
    this.#failed = once(this.#stream, 'error').then(([error]) => {
      throw error;
    });
    this.#failed.catch(() => {});
    client.query(this.#stream);
  }

  /** Resolves when the connection takes more; rejects with the server's error. */
  async write(rows: Buffer): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    if (!this.#stream.write(rows)) await this.#unlessFailed(once(this.#stream, 'drain'));
  }

  /** Ends the data; answers how many rows there were. */
  async end(): Promise<number> {
    if (this.#failure !== undefined) throw this.#failure;
    const finished = once(this.#stream, 'finish');
    this.#stream.end();
    await this.#unlessFailed(finished);
    return this.#stream.rowCount;
  }

  #unlessFailed(event: Promise<unknown>): Promise<unknown> {
    // Of both promises one is left alone, and may reject.
    event.catch(() => {});
    return Promise.race([event, this.#failed]);
  }
}
