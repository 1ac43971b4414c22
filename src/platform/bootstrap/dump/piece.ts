import type { Place } from './place.ts';

/** A part of a dump. The `raw` bytes of all its pieces, one after the other, are the dump. */
export type Piece = Statement | Command | Data | EndOfData | Rest;

interface Part {
  readonly raw: Buffer;
  /** Of the first byte that is neither space nor comment; of data, of its first byte. */
  readonly place: Place;
}

/** An SQL statement; its text is `raw` from `start` to `end`, comments before it included in `raw` only. */
export interface Statement extends Part {
  readonly kind: 'statement';
  readonly start: number;
  readonly end: number;
  /** Data and their end are the next pieces. */
  readonly copiesFromStdin: boolean;
}

/** A line for psql, such as `\restrict`. */
export interface Command extends Part {
  readonly kind: 'command';
  readonly start: number;
  readonly end: number;
}

/** Rows of `COPY … FROM stdin`, cut anywhere. */
export interface Data extends Part {
  readonly kind: 'data';
}

/** The line `\.` after them. */
export interface EndOfData extends Part {
  readonly kind: 'end of data';
}

/** Space, comments, semicolons alone. */
export interface Rest extends Part {
  readonly kind: 'rest';
}

/** The statement or command itself, without what stands before and after it. */
export const textOf = ({ raw, start, end }: Statement | Command): Buffer => raw.subarray(start, end);

/** Spaces and comments before a piece. */
export const commentsBefore = (piece: Piece): Buffer =>
  piece.kind === 'rest' ? piece.raw : piece.raw.subarray(0, 'start' in piece ? piece.start : 0);
