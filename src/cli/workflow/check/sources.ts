import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { AppError, systemCode } from '../../../platform/errors.ts';
import { decodeUtf8 } from '../../../platform/text/decodeUtf8.ts';
import type { FileLibrary } from '../../../workflows/check/index.ts';

/** Nobody means a file of this size; what is smaller and still too large is a finding. */
const maxFileBytes = 16 * 1024 * 1024;
/** Directories below `.github` that are looked into for actions. */
const maxDepth = 6;

/** A file's text; where it ends being text, and why, when it does. */
export type SourceText = { readonly text: string } | { readonly validText: string; readonly problem: string };

/** Reads a file that somebody named. Throws `AppError` when that cannot be. */
export function readSource(path: string): SourceText {
  try {
    const { size } = statSync(path);
    if (size > maxFileBytes)
      throw new AppError('payload_too_large', `${path} has ${size} bytes; at most ${maxFileBytes} are read`);
    return decodeUtf8(readFileSync(path));
  } catch (cause) {
    const code = systemCode(cause);
    if (cause instanceof AppError || code === undefined) throw cause;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new AppError('not_found', `there is no file ${path}`, { path }, { cause });
    const message =
      code === 'EISDIR' ? `${path} is a directory; name files in it` : `${path} cannot be read (${code})`;
    throw new AppError('invalid_input', message, { path }, { cause });
  }
}

/** The workflows of the checkout around `directory`, and the actions beside them; relative to `directory`. */
export function findSources(directory: string): string[] {
  const root = rootOf(directory) ?? directory;
  const workflows = list(join(root, '.github/workflows')).filter((name) => /\.ya?ml$/.test(name));
  const files = [
    ...workflows.map((name) => join(root, '.github/workflows', name)),
    ...findActions(join(root, '.github'), maxDepth),
    ...list(root)
      .filter(isAction)
      .map((name) => join(root, name)),
  ];
  return files.map((file) => relative(directory, file));
}

/** The other files of the checkout that a file lies in; null when it lies in none. */
export function libraryAround(directory: string): FileLibrary | null {
  const root = rootOf(directory);
  if (root === null) return null;
  const known = libraries.get(root) ?? openLibrary(root);
  libraries.set(root, known);
  return known;
}

const libraries = new Map<string, FileLibrary>();

function openLibrary(root: string): FileLibrary {
  const texts = new Map<string, string | null>();
  const load = (path: string): string | null => {
    const file = resolve(root, path);
    if (!file.startsWith(`${root}${sep}`)) return null;
    const source = orNull(() => decodeUtf8(readFileSync(file)));
    return source !== null && 'text' in source ? source.text : null;
  };
  return {
    read(path) {
      const known = texts.get(path);
      if (known !== undefined) return known;
      const text = load(path);
      texts.set(path, text);
      return text;
    },
  };
}

/** The nearest directory upwards with `.git` in it. */
function rootOf(directory: string): string | null {
  for (let at = resolve(directory); ; at = dirname(at)) {
    if (orNull(() => statSync(join(at, '.git'))) !== null) return at;
    if (dirname(at) === at) return null;
  }
}

function findActions(directory: string, depth: number): string[] {
  if (depth === 0) return [];
  const entries = orNull(() => readdirSync(directory, { withFileTypes: true })) ?? [];
  return entries.flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return findActions(path, depth - 1);
    return isAction(entry.name) ? [path] : [];
  });
}

const isAction = (name: string): boolean => name === 'action.yml' || name === 'action.yaml';

const list = (directory: string): string[] => (orNull(() => readdirSync(directory)) ?? []).sort();

/** What is not there, or not for us, is not there for us. */
function orNull<T>(act: () => T): T | null {
  try {
    return act();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return null;
  }
}
