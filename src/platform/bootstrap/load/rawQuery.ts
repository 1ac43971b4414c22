import type pg from 'pg';

/** `Q`, the length of what follows, the text and a zero byte: the simple query of PostgreSQL's protocol. */
export function queryMessage(texts: readonly Buffer[]): Buffer {
  const textLength = texts.reduce((sum, text) => sum + text.length + separator.length, 0);
  const message = Buffer.allocUnsafe(headerLength + textLength + 1);
  message.write('Q', 'latin1');
  message.writeUInt32BE(message.length - 1, 1);
  let at = headerLength;
  for (const text of texts) {
    at += text.copy(message, at);
    at += separator.copy(message, at);
  }
  message[at] = 0;
  return message;
}

/** Between statements, so that a comment at the end of one does not hide the next. */
export const separator = Buffer.from('\n');
const headerLength = 5;

/** How many statements of a message were completed, and how many rows they inserted. */
export interface Completion {
  readonly statements: number;
  readonly rows: number;
}

/** A failure, and how many statements of the message were completed before it. */
export class QueryFailure extends Error {
  readonly completed: number;

  constructor(cause: unknown, completed: number) {
    super('a query failed', { cause });
    this.completed = completed;
  }
}

/**
 * Sends statements as the bytes they are, in whatever encoding, and counts those that are completed. Rows that they
 * answer are dropped. Throws a `QueryFailure`.
 */
export function sendRaw(client: pg.Client, message: Buffer): Promise<Completion> {
  return new Promise((resolve, reject) => {
    client.query(new RawQuery(message, resolve, reject));
  });
}

/** What node-postgres asks of a query; see its lib/query.js. */
class RawQuery implements pg.Submittable {
  readonly #message: Buffer;
  readonly #resolve: (completion: Completion) => void;
  readonly #reject: (failure: QueryFailure) => void;
  #statements = 0;
  #rows = 0;

  constructor(
    message: Buffer,
    resolve: (completion: Completion) => void,
    reject: (failure: QueryFailure) => void,
  ) {
    this.#message = message;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  submit(connection: pg.Connection): void {
    connection.stream.write(this.#message);
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.#statements += 1;
    if (text.startsWith('INSERT ')) this.#rows += Number(text.slice(text.lastIndexOf(' ')));
  }

  handleError(error: unknown): void {
    this.#reject(new QueryFailure(error, this.#statements));
  }

  handleReadyForQuery(): void {
    this.#resolve({ statements: this.#statements, rows: this.#rows });
  }

  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleEmptyQuery(): void {}
}
