import { type Token, tokensOf } from './tokens.ts';

/** Words in the place of a role that always mean one. */
const anybody = new Set(['public', 'current_user', 'current_role', 'session_user', 'default']);

/** A statement that is read word by word. */
export class StatementWords {
  readonly #tokens: Iterator<Token, undefined>;
  #current: Token | undefined;
  /** What was read last. */
  previous = '';

  constructor(statement: string) {
    this.#tokens = tokensOf(statement);
    this.#current = this.#tokens.next().value;
  }

  get current(): Token | undefined {
    return this.#current;
  }

  next(): Token | undefined {
    const token = this.#current;
    this.previous = token?.text ?? '';
    this.#current = this.#tokens.next().value;
    return token;
  }

  /** Passes one of these words or signs, when it is next. */
  accept(...texts: readonly string[]): boolean {
    const token = this.#current;
    if (token === undefined || token.kind === 'name' || !texts.includes(token.text)) return false;
    this.next();
    return true;
  }

  /** A name, after `IF EXISTS` or `IF NOT EXISTS`. */
  name(): string {
    if (this.accept('if')) {
      this.accept('not');
      this.accept('exists');
    }
    return this.next()?.text ?? '';
  }

  /** Passes all up to this word outside of parentheses, and that too. */
  skipTo(word: string): boolean {
    return this.skipToAny([word]) !== undefined;
  }

  /** The same for the first of several; one after a dot is a part of a name. */
  skipToAny(words: readonly string[]): string | undefined {
    let depth = 0;
    for (;;) {
      const before = this.previous;
      const token = this.next();
      if (token === undefined) return undefined;
      if (token.kind === 'sign') depth += token.text === '(' ? 1 : token.text === ')' ? -1 : 0;
      else if (depth === 0 && before !== '.' && token.kind === 'word' && words.includes(token.text))
        return token.text;
    }
  }

  rolesAfter(...words: readonly string[]): string[] {
    return this.accept(...words) ? this.roles() : [];
  }

  /** The name of a role; undefined for a word that always means one, such as `public`. */
  role(): string | undefined {
    const token = this.next();
    return token === undefined || (token.kind === 'word' && anybody.has(token.text)) ? undefined : token.text;
  }

  /** Roles with commas between them. */
  roles(): string[] {
    const roles: string[] = [];
    do {
      this.accept('group');
      const role = this.role();
      if (role !== undefined) roles.push(role);
    } while (this.accept(','));
    return roles;
  }

  *rest(): Generator<Token> {
    for (let token = this.next(); token !== undefined; token = this.next()) yield token;
  }
}
