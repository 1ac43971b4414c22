import { isUtf8 } from 'node:buffer';
import { type Statement, textOf } from '../dump/piece.ts';
import { type Place, placeAfter } from '../dump/place.ts';
import { queryMessage, separator } from './rawQuery.ts';

/** Enough to make the way to the server and back cheap, and little enough to see progress. */
const fullBytes = 64 * 1024;
const fullCount = 200;

const invalidBytes = '22021';

/** What a server says of a failed statement. */
export interface ServerError {
  readonly message: string;
  readonly code?: string;
  readonly detail?: string;
  readonly hint?: string;
  /** The character of the message, counted from 1. */
  readonly position?: string;
  readonly where?: string;
}

/** Statements that go to the server in one message. */
export class Batch {
  readonly statements: Statement[] = [];
  #bytes = 0;

  add(statement: Statement): void {
    this.statements.push(statement);
    this.#bytes += statement.end - statement.start;
  }

  get isEmpty(): boolean {
    return this.statements.length === 0;
  }

  get isFull(): boolean {
    return this.#bytes >= fullBytes || this.statements.length >= fullCount;
  }

  message(): Buffer {
    return queryMessage(this.statements.map(textOf));
  }

  /**
   * Which statement failed, and where: by the position that the server names, which counts from the beginning of the
   * message, or else by the number of those that were completed.
   */
  locate(
    error: ServerError,
    completed: number,
    encoding: 'utf8' | 'latin1',
  ): { statement: Statement; place: Place } | undefined {
    const byPosition = error.position && this.#locateCharacter(Number(error.position), encoding);
    if (byPosition) return byPosition;
    // The whole message is refused for bytes that are no characters, before its first statement runs.
    const suspect = error.code === invalidBytes && completed === 0 ? this.#firstInvalid() : undefined;
    const statement = suspect ?? this.statements[completed];
    return statement && { statement, place: statement.place };
  }

  #locateCharacter(position: number, encoding: 'utf8' | 'latin1') {
    let left = position - 1;
    for (const statement of this.statements) {
      const characters = [...textOf(statement).toString(encoding)];
      if (left < characters.length) {
        const before = Buffer.from(characters.slice(0, left).join(''));
        return { statement, place: placeAfter(statement.place, before) };
      }
      left -= characters.length + separator.length;
    }
    return undefined;
  }

  #firstInvalid(): Statement | undefined {
    return this.statements.find((statement) => !isUtf8(textOf(statement)));
  }
}
