import { commentsBefore, type Piece } from './piece.ts';

const header = '-- PostgreSQL database dump';
const trailer = '-- PostgreSQL database dump complete';

/** Watches for the comments that pg_dump writes first and last: a dump that has the first alone was cut off. */
export class Completeness {
  #begun = false;
  #ended = false;
  #isBeginning = true;

  see(piece: Piece): void {
    const comments = commentsBefore(piece);
    if (comments.length === 0) return;
    if (this.#isBeginning && comments.includes(header)) this.#begun = true;
    if (comments.includes(trailer)) this.#ended = true;
    this.#isBeginning &&= piece.kind !== 'statement';
  }

  get isCutOff(): boolean {
    return this.#begun && !this.#ended;
  }
}
