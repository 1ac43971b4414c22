import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../errors.ts';

/** A file of the migrations' directory. */
export interface Migration {
  version: number;
  /** File name, `0001_first.sql`. */
  name: string;
  text: string;
  /** SHA-256 of the text in hex. */
  checksum: string;
}

/** The `NNNN_name.sql` of `directory` in their order. Throws `conflict` on a wrong name or a number given twice. */
export async function readMigrations(directory: string): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort();
  const migrations = await Promise.all(names.map((name) => readMigration(directory, name)));
  for (const [index, { version, name }] of migrations.entries()) {
    const previous = migrations[index - 1];
    if (previous?.version === version) {
      throw new AppError(
        'conflict',
        `migrations ${previous.name} and ${name} have the same number: renumber one`,
      );
    }
  }
  return migrations;
}

async function readMigration(directory: string, name: string): Promise<Migration> {
  const version = /^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1];
  if (version === undefined) {
    throw new AppError(
      'conflict',
      `migration ${join(directory, name)} must be named like 0001_what_it_does.sql`,
    );
  }
  const text = await readSqlFile(join(directory, name));
  return { version: Number(version), name, text, checksum: createHash('sha256').update(text).digest('hex') };
}

/**
 * The text with the line ends of a repository. A checkout that turns them into CRLF changes neither what runs
 * (function bodies are stored as they are written) nor a checksum.
 */
export async function readSqlFile(path: string): Promise<string> {
  return (await readFile(path, 'utf8')).replaceAll('\r\n', '\n');
}
