/**
 * Follows the words of one statement as far as its end depends on them: inside the body of an SQL-standard function
 * (`CREATE FUNCTION … BEGIN ATOMIC …; END`) a semicolon ends nothing, and after `COPY … FROM stdin` comes data.
 * The rules are those of psql (src/fe_utils/psqlscan.l), but for `BEGIN`, which must be followed by `ATOMIC`: a
 * function may be called `begin`.
 */
export class Words {
  #count = 0;
  #beginning = '';
  #kind: 'routine' | 'copy' | 'other' = 'other';
  #depth = 0;
  #previous = '';
  #copies = false;

  /** A word that is no quoted name, in lower case. */
  see(word: string, inParentheses: boolean): void {
    if (this.#count < countOfPrefix) this.#begin(word);
    this.#count += 1;
    if (!inParentheses && this.#kind === 'routine') this.#followBody(word);
    if (!inParentheses && this.#kind === 'copy' && this.#previous === 'from' && word === 'stdin')
      this.#copies = true;
    this.#previous = word;
  }

  /** Whether later words can matter; most statements are decided by their first. */
  get matter(): boolean {
    return this.#count < countOfPrefix || this.#kind !== 'other';
  }

  get insideBody(): boolean {
    return this.#depth > 0;
  }

  get copiesFromStdin(): boolean {
    return this.#copies;
  }

  #begin(word: string): void {
    this.#beginning += `${word} `;
    if (this.#beginning === 'copy ') this.#kind = 'copy';
    else if (routine.test(this.#beginning)) this.#kind = 'routine';
  }

  #followBody(word: string): void {
    if (word === 'atomic' && this.#previous === 'begin' && this.#depth === 0) this.#depth = 1;
    else if (this.#depth > 0 && word === 'case') this.#depth += 1;
    else if (this.#depth > 0 && word === 'end') this.#depth -= 1;
  }
}

const countOfPrefix = 4;
const routine = /^create (or replace )?(function|procedure) /;
