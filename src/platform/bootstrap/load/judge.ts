import type { StatementKind } from '../dump/statementKind.ts';
import type { ServerFacts } from './serverFacts.ts';

/** What happens to a statement of a dump. */
export type Verdict =
  | { readonly do: 'run' }
  | { readonly do: 'leave out'; readonly why?: LeftOut }
  /** It can never be part of a load. */
  | { readonly do: 'refuse'; readonly why: string }
  /** The server lacks what it names. */
  | { readonly do: 'miss'; readonly what: 'extension' | 'role'; readonly names: readonly string[] };

/** Why a statement was left out, as far as people should know. */
export type LeftOut =
  | { readonly because: 'unknown parameter'; readonly parameter: string }
  | { readonly because: 'owner' }
  | { readonly because: 'grant'; readonly roles: readonly string[] }
  | { readonly because: 'comment of another'; readonly on: string };

const run: Verdict = { do: 'run' };
const silently: Verdict = { do: 'leave out' };

/** Decides about the statements of one dump, in their order. */
export class Judge {
  readonly #facts: ServerFacts;
  readonly noOwner: boolean;
  readonly #roles: Set<string>;
  readonly #schemas: Set<string>;

  constructor(facts: ServerFacts, options: { readonly noOwner: boolean }) {
    this.#facts = facts;
    this.noOwner = options.noOwner;
    this.#roles = new Set(facts.roles);
    this.#schemas = new Set(facts.schemas);
  }

  judge(kind: StatementKind): Verdict {
    switch (kind.is) {
      case 'transaction start':
      case 'transaction end':
        return silently;
      case 'transaction control':
        return refuse(`${upper(kind.words)} cannot be part of a dump, which is loaded in one transaction`);
      case 'database command':
        return refuse(
          `${upper(kind.words)} cannot be part of a dump for a database that is there already. Make it without --create (-C)`,
        );
      case 'binary copy':
        return refuse('binary data cannot stand in an SQL file. Make the dump with pg_dump');
      case 'setting':
        return this.#judgeSetting(kind.parameter, kind.value);
      case 'create schema':
        return this.#judgeSchema(kind.name);
      case 'drop schema':
        this.#schemas.delete(kind.name);
        return run;
      case 'create extension':
        return this.#facts.extensions.has(kind.name) ? run : miss('extension', [kind.name]);
      case 'comment on extension':
        return this.#facts.extensionsOfOthers.has(kind.name)
          ? leaveOut({ because: 'comment of another', on: `extension ${kind.name}` })
          : run;
      case 'comment on schema':
        return this.#facts.schemasOfOthers.has(kind.name)
          ? leaveOut({ because: 'comment of another', on: `schema ${kind.name}` })
          : run;
      case 'owner':
      case 'session authorization':
        return this.#judgeOwner(kind.role);
      case 'grant':
        return this.#judgeGrant(kind.creators, kind.roles);
      case 'create role':
        this.#roles.add(kind.role);
        return run;
      case 'create table':
      case 'other':
        return run;
    }
  }

  #judgeSetting(parameter: string, value: string): Verdict {
    if (
      parameter === 'client_encoding' &&
      ambiguousEncodings.has(value.toLowerCase().replace(/[^a-z0-9]/g, ''))
    ) {
      return refuse(
        `in the encoding ${value} a quote can be half of a character. Make the dump with pg_dump -E UTF8`,
      );
    }
    if (parameter.includes('.') || this.#facts.parameters.has(parameter)) return run;
    return leaveOut({ because: 'unknown parameter', parameter });
  }

  #judgeSchema(name: string): Verdict {
    if (name === 'public' && this.#schemas.has(name)) return silently;
    this.#schemas.add(name);
    return run;
  }

  #judgeOwner(role: string | undefined): Verdict {
    if (this.noOwner) return leaveOut({ because: 'owner' });
    return role === undefined || this.#roles.has(role) ? run : miss('role', [role]);
  }

  #judgeGrant(creators: readonly string[], roles: readonly string[]): Verdict {
    const absent = (names: readonly string[]) => names.filter((role) => !this.#roles.has(role));
    const missing = [...absent(creators), ...absent(roles)];
    if (missing.length === 0) return run;
    // One statement for roles that exist and others that do not cannot be left out without harm.
    const isForNobody = absent(creators).length > 0 || absent(roles).length === roles.length;
    if (this.noOwner && isForNobody) return leaveOut({ because: 'grant', roles: missing });
    return miss('role', missing);
  }
}

const leaveOut = (why: LeftOut): Verdict => ({ do: 'leave out', why });
const refuse = (why: string): Verdict => ({ do: 'refuse', why });
const miss = (what: 'extension' | 'role', names: readonly string[]): Verdict => ({ do: 'miss', what, names });
const upper = (words: string): string => words.toUpperCase();

/** Client encodings in which a byte that looks like ASCII can belong to a longer character. */
const ambiguousEncodings = new Set([
  'sjis',
  'shiftjis',
  'mskanji',
  'win932',
  'shiftjis2004',
  'big5',
  'win950',
  'gbk',
  'win936',
  'uhc',
  'win949',
  'johab',
  'gb18030',
]);
