import { byteClass, classOf, endOfDollarTag, endOfWord } from './bytes.ts';
import { Words } from './words.ts';

/** What a scan found in the bytes it was given, which begin where the last find ended. */
export interface Found {
  /** `empty` is a semicolon alone, `command` a line of psql's that begins with a backslash. */
  readonly kind: 'statement' | 'command' | 'empty' | 'misplaced backslash';
  /** The first byte that is neither space nor comment. */
  readonly start: number;
  readonly end: number;
  readonly copiesFromStdin: boolean;
}

/** What is open when the file ends, and where it began. */
export interface Unfinished {
  readonly what: string;
  readonly start: number;
}

type Mode = keyof typeof openConstructs | 'plain' | 'line comment' | 'command';

const openConstructs = {
  string: "a quoted string that is not closed (')",
  'escape string': "a quoted string that is not closed (')",
  'quoted name': 'a quoted name that is not closed (")',
  'dollar body': 'a dollar-quoted body that is not closed',
  'block comment': 'a comment that is not closed (/* without */)',
} as const;

const quote = 39;
const doubleQuote = 34;
const backslash = 92;
const slash = 47;
const star = 42;
const dash = 45;
const lineFeed = 10;
/** Of the words that matter here, `procedure`. */
const longestKeyword = 9;
/** No name of a server's is nearly as long; a word that is longer is not looked at as a whole. */
const longestWord = 65_536;

/**
 * Finds where statements end, as psql does (src/fe_utils/psqlscan.l). It is given the bytes from the start of a
 * statement on, again with more of them until it finds the end; each byte is looked at once.
 */
export class StatementScanner {
  /** Whether a backslash in '…' is an ordinary character (`standard_conforming_strings`). */
  standardStrings = true;
  #mode: Mode = 'plain';
  #at = 0;
  /** Where the open string, body, comment or command began. */
  #opened = 0;
  #start = -1;
  #firstParenthesis = 0;
  #parentheses = 0;
  #words = new Words();
  #tag = Buffer.alloc(0);
  #commentDepth = 0;
  /** After E'…' a string that follows on another line continues it, with the same meaning of backslashes. */
  #continues: 'no' | 'on another line' | 'here' = 'no';

  /** The end of the statement; undefined when it needs more bytes, or when there is none in the `last` ones. */
  scan(bytes: Buffer, isLast: boolean): Found | undefined {
    for (;;) {
      const outcome = this.#advance(bytes, isLast);
      if (outcome === 'more') return isLast ? this.#foundAtEnd(bytes) : undefined;
      if (outcome !== 'changed') return this.#finish(outcome);
    }
  }

  /** What is left open by the last bytes. */
  get unfinished(): Unfinished | undefined {
    if (this.#mode in openConstructs) {
      return { what: openConstructs[this.#mode as keyof typeof openConstructs], start: this.#opened };
    }
    if (this.#parentheses > 0)
      return { what: 'a parenthesis that is not closed', start: this.#firstParenthesis };
    if (this.#words.insideBody) return { what: 'a BEGIN ATOMIC body without its END', start: this.#start };
    return undefined;
  }

  #finish(found: Found): Found {
    this.#mode = 'plain';
    this.#at = 0;
    this.#start = -1;
    this.#parentheses = 0;
    this.#words = new Words();
    this.#continues = 'no';
    return found;
  }

  /** psql runs what is left at the end of a file without a semicolon. */
  #foundAtEnd(bytes: Buffer): Found | undefined {
    if (this.#start < 0 || this.unfinished) return undefined;
    return this.#finish(this.#found('statement', this.#start, bytes.length));
  }

  #found(kind: Found['kind'], start: number, end: number): Found {
    return { kind, start, end, copiesFromStdin: this.#words.copiesFromStdin };
  }

  #advance(bytes: Buffer, isLast: boolean): Found | 'changed' | 'more' {
    switch (this.#mode) {
      case 'plain':
        return this.#passPlain(bytes, isLast);
      case 'line comment':
        return this.#passUntil(bytes, bytes.indexOf(lineFeed, this.#at), 0);
      case 'string':
        return this.#passUntil(bytes, bytes.indexOf(quote, this.#at), 1);
      case 'quoted name':
        return this.#passUntil(bytes, bytes.indexOf(doubleQuote, this.#at), 1);
      case 'dollar body':
        return this.#passBody(bytes);
      case 'escape string':
        return this.#passEscapeString(bytes, isLast);
      case 'block comment':
        return this.#passBlockComment(bytes);
      case 'command':
        return this.#passCommand(bytes, isLast);
    }
  }

  #passPlain(bytes: Buffer, isLast: boolean): Found | 'changed' | 'more' {
    while (this.#at < bytes.length) {
      const byte = bytes[this.#at] ?? 0;
      const outcome =
        byteClass[byte] === classOf.space
          ? this.#passSpace(byte)
          : byteClass[byte] === classOf.word
            ? this.#passWord(bytes, isLast)
            : this.#passSign(byteClass[byte] ?? 0, bytes, isLast);
      if (outcome !== 'passed') return outcome;
    }
    return 'more';
  }

  #passSpace(byte: number): 'passed' {
    if (byte === lineFeed && this.#continues === 'on another line') this.#continues = 'here';
    this.#at += 1;
    return 'passed';
  }

  #passWord(bytes: Buffer, isLast: boolean): 'passed' | 'changed' | 'more' {
    const at = this.#at;
    const end = endOfWord(bytes, at);
    if (end === bytes.length && !isLast && end - at < longestWord) return 'more';
    if (end - at === 1 && bytes[end] === quote && /e/i.test(String.fromCharCode(bytes[at] ?? 0))) {
      this.#mark(at);
      return this.#enter('escape string', end, end + 1);
    }
    if (end - at <= longestKeyword && this.#words.matter) {
      this.#words.see(bytes.toString('latin1', at, end).toLowerCase(), this.#parentheses > 0);
    } else this.#words.see('', true);
    return this.#pass(end);
  }

  #passSign(kind: number, bytes: Buffer, isLast: boolean): Found | 'passed' | 'changed' | 'more' {
    const at = this.#at;
    switch (kind) {
      case classOf.quote:
        return this.#openString(at);
      case classOf.doubleQuote:
        this.#mark(at);
        return this.#enter('quoted name', at, at + 1);
      case classOf.dollar:
        return this.#passDollar(bytes, isLast);
      case classOf.dash:
      case classOf.slash:
        return this.#passPossibleComment(bytes, isLast);
      case classOf.open:
        if (this.#parentheses === 0) this.#firstParenthesis = at;
        this.#parentheses += 1;
        return this.#pass(at + 1);
      case classOf.close:
        this.#parentheses = Math.max(0, this.#parentheses - 1);
        return this.#pass(at + 1);
      case classOf.semicolon:
        return this.#passSemicolon();
      case classOf.backslash:
        if (this.#start < 0) return this.#enter('command', at, at);
        return this.#found('misplaced backslash', at, at + 1);
      default:
        return this.#pass(at + 1);
    }
  }

  #pass(end: number): 'passed' {
    this.#mark(this.#at);
    this.#at = end;
    return 'passed';
  }

  /** Here is something of the statement itself. */
  #mark(at: number): void {
    if (this.#start < 0) this.#start = at;
    this.#continues = 'no';
  }

  #openString(at: number): 'changed' {
    const escapes = this.#continues === 'here' || !this.standardStrings;
    this.#mark(at);
    return this.#enter(escapes ? 'escape string' : 'string', at, at + 1);
  }

  #passDollar(bytes: Buffer, isLast: boolean): 'passed' | 'changed' | 'more' {
    const at = this.#at;
    const end = endOfDollarTag(bytes, at);
    if (end === 'more' && !isLast && bytes.length - at < longestWord) return 'more';
    if (typeof end === 'string') return this.#pass(at + 1);
    this.#mark(at);
    this.#tag = Buffer.from(bytes.subarray(at, end));
    return this.#enter('dollar body', at, end);
  }

  #passPossibleComment(bytes: Buffer, isLast: boolean): 'passed' | 'changed' | 'more' {
    const at = this.#at;
    if (at + 1 === bytes.length && !isLast) return 'more';
    if (bytes[at] === dash && bytes[at + 1] === dash) return this.#enter('line comment', at, at + 2);
    if (bytes[at] !== slash || bytes[at + 1] !== star) return this.#pass(at + 1);
    this.#continues = 'no';
    this.#commentDepth = 1;
    return this.#enter('block comment', at, at + 2);
  }

  #passSemicolon(): Found | 'passed' {
    const end = this.#at + 1;
    if (this.#parentheses > 0 || this.#words.insideBody) return this.#pass(end);
    return this.#start < 0 ? this.#found('empty', end - 1, end) : this.#found('statement', this.#start, end);
  }

  #enter(mode: Mode, opened: number, at: number): 'changed' {
    this.#mode = mode;
    this.#opened = opened;
    this.#at = at;
    return 'changed';
  }

  #passUntil(bytes: Buffer, end: number, length: number): 'changed' | 'more' {
    if (end >= 0) return this.#enter('plain', end, end + length);
    this.#at = bytes.length;
    return 'more';
  }

  #passBody(bytes: Buffer): 'changed' | 'more' {
    const end = bytes.indexOf(this.#tag, this.#at);
    if (end >= 0) return this.#enter('plain', end, end + this.#tag.length);
    this.#at = Math.max(this.#at, bytes.length - this.#tag.length + 1);
    return 'more';
  }

  #passEscapeString(bytes: Buffer, isLast: boolean): 'changed' | 'more' {
    let at = this.#at;
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (byte !== quote && byte !== backslash) continue;
      if (at + 1 === bytes.length && !isLast) break;
      if (byte === backslash || bytes[at + 1] === quote) at += 1;
      else {
        this.#continues = 'on another line';
        return this.#enter('plain', at, at + 1);
      }
    }
    this.#at = Math.min(at, bytes.length);
    return 'more';
  }

  #passBlockComment(bytes: Buffer): 'changed' | 'more' {
    let at = this.#at;
    for (; at + 1 < bytes.length; at += 1) {
      const [byte, next] = [bytes[at], bytes[at + 1]];
      if (byte === slash && next === star) this.#commentDepth += 1;
      else if (byte === star && next === slash) this.#commentDepth -= 1;
      else continue;
      at += 1;
      if (this.#commentDepth === 0) return this.#enter('plain', at, at + 1);
    }
    this.#at = at;
    return 'more';
  }

  #passCommand(bytes: Buffer, isLast: boolean): Found | 'more' {
    const end = bytes.indexOf(lineFeed, this.#at);
    if (end >= 0) return this.#found('command', this.#opened, end + 1);
    this.#at = bytes.length;
    return isLast ? this.#found('command', this.#opened, bytes.length) : 'more';
  }
}
