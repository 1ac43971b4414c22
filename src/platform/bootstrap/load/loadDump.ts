import type pg from 'pg';
import { refusalOfCommand } from '../dump/command.ts';
import type { OpenDump } from '../dump/openDump.ts';
import { type Piece, type Statement, textOf } from '../dump/piece.ts';
import { kindOfBytes, type StatementKind } from '../dump/statementKind.ts';
import { Batch, type ServerError } from './batch.ts';
import { CopyIn } from './copyIn.ts';
import { Judge } from './judge.ts';
import { connectionLost, errorAt, isServerError, lineOfData, statementError } from './loadError.ts';
import { Missing } from './missing.ts';
import { Notes } from './notes.ts';
import { QueryFailure, sendRaw } from './rawQuery.ts';
import { readServerFacts } from './serverFacts.ts';

export interface LoadCounts {
  /** That ran, the COPYs among them. */
  readonly statements: number;
  /** That COPYs and INSERTs brought. */
  readonly rows: number;
}

export interface LoadResult extends LoadCounts {
  readonly notes: readonly string[];
}

/**
 * Runs a dump in the transaction that `client` is in. Throws `invalid_input` with file, line and column when a
 * statement fails or cannot be part of a load; the transaction must be rolled back then.
 */
export async function loadDump(
  client: pg.Client,
  dump: OpenDump,
  options: { readonly noOwner: boolean; readonly onProgress: (counts: LoadCounts) => void },
): Promise<LoadResult> {
  const facts = await readServerFacts(client);
  const notes = new Notes(dump.notes, facts.version);
  client.on('notice', ({ severity, message }) => {
    if (severity === 'WARNING') notes.warn(message ?? '');
  });
  const load = new Load(client, dump.name, new Judge(facts, options), notes, options.onProgress);
  for await (const pieces of dump.pieces()) await load.takeAll(pieces);
  return { ...(await load.finish()), notes: notes.lines() };
}

class Load {
  readonly #client: pg.Client;
  readonly #file: string;
  readonly #judge: Judge;
  readonly #notes: Notes;
  readonly #onProgress: (counts: LoadCounts) => void;
  readonly #missing = new Missing();
  #encoding: 'utf8' | 'latin1' = 'utf8';
  #batch = new Batch();
  /** The batch that the server works on, while the next is put together. */
  #sent: Promise<void> = Promise.resolve();
  #copy: { readonly statement: Statement; readonly rows: CopyIn; firstLine?: number } | undefined;
  #statements = 0;
  #rows = 0;

  constructor(
    client: pg.Client,
    file: string,
    judge: Judge,
    notes: Notes,
    onProgress: (counts: LoadCounts) => void,
  ) {
    this.#client = client;
    this.#file = file;
    this.#judge = judge;
    this.#notes = notes;
    this.#onProgress = onProgress;
  }

  async takeAll(pieces: readonly Piece[]): Promise<void> {
    for (const piece of pieces) {
      const waiting = this.#take(piece);
      if (waiting) await waiting;
    }
  }

  async finish(): Promise<LoadCounts> {
    if (!this.#missing.isEmpty) throw this.#missing.error(this.#file, { noOwner: this.#judge.noOwner });
    await this.#settle();
    return { statements: this.#statements, rows: this.#rows };
  }

  #take(piece: Piece): Promise<void> | undefined {
    switch (piece.kind) {
      case 'rest':
        return undefined;
      case 'command': {
        const refusal = refusalOfCommand(textOf(piece).toString());
        if (refusal !== undefined) throw errorAt(this.#file, piece.place, refusal);
        return undefined;
      }
      case 'statement':
        return this.#takeStatement(piece);
      case 'data':
        return this.#copyRows(piece.raw, piece.place.line);
      case 'end of data':
        return this.#endCopy();
    }
  }

  #takeStatement(statement: Statement): Promise<void> | undefined {
    const kind = kindOfBytes(textOf(statement), this.#encoding);
    const verdict = this.#judge.judge(kind);
    switch (verdict.do) {
      case 'refuse':
        throw errorAt(this.#file, statement.place, verdict.why);
      case 'leave out':
        if (verdict.why) this.#notes.leaveOut(verdict.why);
        return undefined;
      case 'miss':
        for (const name of verdict.names) this.#missing.add(verdict.what, name, statement.place.line);
        return undefined;
      case 'run':
        // Once something is missing, the rest is read only to find out what else is.
        return this.#missing.isEmpty ? this.#run(statement, kind) : undefined;
    }
  }

  #run(statement: Statement, kind: StatementKind): Promise<void> | undefined {
    if (textOf(statement).includes(0))
      throw errorAt(this.#file, statement.place, 'this statement has a zero byte in it: the file is no text');
    if (statement.copiesFromStdin) return this.#beginCopy(statement);
    this.#batch.add(statement);
    if (kind.is === 'setting' && kind.parameter === 'client_encoding')
      this.#encoding = encodingOf(kind.value);
    // A server reads all statements of a message before it runs the first: these change how it reads them.
    const changesReading = kind.is === 'setting' && readingParameters.has(kind.parameter);
    return changesReading || this.#batch.isFull ? this.#flush() : undefined;
  }

  async #flush(): Promise<void> {
    const batch = this.#batch;
    this.#batch = new Batch();
    await this.#sent;
    if (batch.isEmpty) return;
    this.#sent = this.#send(batch, this.#encoding);
    // It is awaited later; until then a failure must not end the process.
    this.#sent.catch(() => {});
  }

  async #settle(): Promise<void> {
    await this.#flush();
    await this.#sent;
  }

  async #send(batch: Batch, encoding: 'utf8' | 'latin1'): Promise<void> {
    try {
      const { rows } = await sendRaw(this.#client, batch.message());
      this.#count(batch.statements.length, rows);
    } catch (failure) {
      const { cause, completed } =
        failure instanceof QueryFailure ? failure : { cause: failure, completed: 0 };
      if (!isServerError(cause)) throw connectionLost(cause);
      const found = batch.locate(cause, completed, encoding);
      if (found === undefined) throw cause;
      throw statementError(this.#file, found.place, found.statement, cause, hintFor(cause));
    }
  }

  async #beginCopy(statement: Statement): Promise<void> {
    await this.#settle();
    this.#copy = { statement, rows: new CopyIn(this.#client, textOf(statement)) };
  }

  async #copyRows(rows: Buffer, line: number): Promise<void> {
    if (this.#copy === undefined) return;
    this.#copy.firstLine ??= line;
    await this.#copy.rows.write(rows).catch((error: unknown) => this.#failCopy(error));
    this.#onProgress({ statements: this.#statements, rows: this.#rows });
  }

  async #endCopy(): Promise<void> {
    if (this.#copy === undefined) return;
    const rows = await this.#copy.rows.end().catch((error: unknown) => this.#failCopy(error));
    this.#copy = undefined;
    this.#count(1, rows);
  }

  #failCopy(error: unknown): never {
    if (this.#copy === undefined || !isServerError(error)) throw connectionLost(error);
    const { statement, firstLine = statement.place.line } = this.#copy;
    const line = lineOfData(error);
    const place = line === undefined ? statement.place : { line: firstLine + line - 1, column: 1 };
    throw statementError(this.#file, place, statement, error, hintFor(error));
  }

  #count(statements: number, rows: number): void {
    this.#statements += statements;
    this.#rows += rows;
    this.#onProgress({ statements: this.#statements, rows: this.#rows });
  }
}

const readingParameters = new Set([
  'client_encoding',
  'standard_conforming_strings',
  'backslash_quote',
  'escape_string_warning',
]);

const encodingOf = (name: string): 'utf8' | 'latin1' =>
  /^(utf-?8|unicode|sql_ascii)$/i.test(name) ? 'utf8' : 'latin1';

const insufficientPrivilege = '42501';
const undefinedObject = '42704';

function hintFor({ code, message }: ServerError): string | undefined {
  if (code === insufficientPrivilege)
    return 'if this is about an owner: --no-owner leaves owners out, and everything belongs to you';
  // A policy, for one: without its role it would mean something else.
  if (code === undefinedObject && /\brole\b/.test(message)) return 'create the role first: create role …';
  return undefined;
}
