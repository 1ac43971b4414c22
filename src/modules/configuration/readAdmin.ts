import { adminKeys } from './fixtureKeys.ts';
import { checkKeys, type FixtureReader, isMapping, readRequired } from './fixtureReader.ts';
import type { AdminFixture } from './fixtures.ts';
import type { Located } from './located.ts';
import { atKey, atValue } from './problem.ts';

const shortestPassword = 10;
const longestPassword = 1000;

/** The section `admin`; null when it is absent or wrong, and then what is wrong is found. */
export function readAdmin(
  reader: FixtureReader,
  admin: Located | undefined,
): Omit<AdminFixture, 'at'> | null {
  if (!admin) return null;
  if (!isMapping(admin) && admin.text !== '') {
    reader.findings.push(atValue(admin, 'must be a mapping with `username`, `email` and `password`'));
    return null;
  }
  checkKeys(reader, admin, adminKeys);
  const parts = {
    username: checked(reader, admin, 'username', usernameProblem),
    email: checked(reader, admin, 'email', emailProblem),
    password: checked(reader, admin, 'password', passwordProblem),
  };
  const { username, email, password } = parts;
  if (username === undefined || email === undefined || password === undefined) return null;
  warnOfShort(reader, admin, password);
  return { username, email, password };
}

function checked(
  reader: FixtureReader,
  admin: Located,
  key: string,
  problemOf: (text: string) => string | null,
): string | undefined {
  const value = readRequired(reader, admin, key);
  if (!value) return undefined;
  const problem = problemOf(value.text);
  if (problem === null) return value.text;
  reader.findings.push(atValue(admin.children.get(key) ?? admin, `\`${key}\` ${problem}`));
  return undefined;
}

function usernameProblem(username: string): string | null {
  if (/^[a-z0-9][a-z0-9._-]{0,62}$/.test(username)) return null;
  return 'must be up to 63 lower-case letters, digits, `.`, `_` and `-`, beginning with a letter or digit';
}

function emailProblem(email: string): string | null {
  if (email.length > 254) return 'is too long; at most 254 characters';
  return /^[^\s@\p{C}]+@[^\s@\p{C}.]+(\.[^\s@\p{C}.]+)*$/u.test(email)
    ? null
    : 'is no e-mail address such as admin@example.com';
}

function passwordProblem(password: string): string | null {
  if (password.length > longestPassword) return `is too long; at most ${longestPassword} characters`;
  if (password.includes('\0')) return 'cannot contain the NUL character';
  return password.isWellFormed() ? null : 'has half a character in it';
}

function warnOfShort(reader: FixtureReader, admin: Located, password: string): void {
  if (password.length >= shortestPassword) return;
  const advice = `\`password\` has less than ${shortestPassword} characters; a longer one is hard to guess`;
  reader.warnings.push(atKey(admin.children.get('password') ?? admin, advice));
}
