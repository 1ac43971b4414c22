import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { bootstrapDatabase, fileDump } from '../src/platform/bootstrap/index.ts';
import { openDatabase } from '../src/platform/db/database.ts';
import { migrate } from '../src/platform/db/migrate.ts';
import { startEmbeddedPostgres } from '../src/platform/postgres/index.ts';
import { packageRoot } from '../src/platform/settings.ts';
import type { Bench, Measurement } from './lib/bench.ts';
import { dumpOf, generateData, generateSchema, migrationsOf } from './lib/bootstrapSchema.ts';
import { timed } from './lib/clock.ts';
import { type Scratch, withScratch } from './lib/scratch.ts';

const rounds = 7;
const tableCounts = [140, 1000] as const;
const rowCount = 500_000;
const migrationCount = 500;
const withPsql = 1.2;
const withMigrations = 1 / 20;

/** Loading a dump must cost little more than its statements do. */
export const bootstrap: Bench = {
  name: 'bootstrap',
  about: `A dump into an empty database, against psql -1 -f of the same file, and against ${migrationCount} migrations that make the same schema`,
  run: () => withScratch(measure),
};

async function measure(scratch: Scratch): Promise<Measurement[]> {
  const server = await startEmbeddedPostgres({ dataDir: await scratch.directory() });
  scratch.onEnd(() => server.stop());
  const directory = await scratch.directory();
  const hasPsql = await findPsql();
  const measurements: Measurement[] = [];
  for (const tables of tableCounts)
    measurements.push(...(await measureSchema(server.url, directory, tables, hasPsql)));
  measurements.push(...(await measureData(server.url, directory, hasPsql)));
  return measurements;
}

async function findPsql(): Promise<boolean> {
  try {
    await promisify(execFile)('psql', ['--version']);
    return true;
  } catch {
    console.log(
      'psql is not here, so nothing is compared with it. Install it: apt-get install postgresql-client\n',
    );
    return false;
  }
}

async function measureSchema(
  server: string,
  directory: string,
  tables: number,
  hasPsql: boolean,
): Promise<Measurement[]> {
  const schema = generateSchema(tables);
  const dump = join(directory, `${tables}.sql`);
  await writeFile(dump, dumpOf(schema));
  const migrations = await writeMigrations(
    join(directory, `${tables}`),
    migrationsOf(schema, migrationCount),
  );
  const ways = { ...loads(dump, hasPsql), migrations: (url: string) => runMigrations(url, migrations) };
  const samples = await inTurns(server, ways);
  const what = `${tables} tables`;
  return [
    ...againstPsql(what, samples),
    {
      what: '  the same',
      unit: 'ms',
      samples: samples.load ?? [],
      floor: { what: `${migrationCount} migrations`, samples: samples.migrations ?? [] },
      aim: { of: 'ratio', limit: withMigrations },
    },
  ];
}

async function measureData(server: string, directory: string, hasPsql: boolean): Promise<Measurement[]> {
  const dump = join(directory, 'data.sql');
  await pipeline(Readable.from(generateData(rowCount)), createWriteStream(dump));
  return againstPsql(`${rowCount} rows by COPY`, await inTurns(server, loads(dump, hasPsql)));
}

type Load = (url: string) => Promise<unknown>;

const loads = (dump: string, hasPsql: boolean): Record<string, Load> => ({
  load: (url) => load(url, dump),
  command: (url) =>
    run(join(packageRoot, 'bin/slipway'), ['bootstrap', '--schema', dump, '--json'], { DATABASE_URL: url }),
  ...(hasPsql ? { psql: (url: string) => psql(url, dump) } : {}),
});

/** How long each way took in each round. In turns, so that a busy moment of the machine hits all of them. */
async function inTurns(server: string, ways: Record<string, Load>): Promise<Record<string, number[]>> {
  const samples: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, way] of Object.entries(ways)) {
      const { ms } = await withDatabase(server, (url) => timed(() => way(url)));
      samples[name] = [...(samples[name] ?? []), ms];
    }
  }
  return samples;
}

function againstPsql(
  what: string,
  { load = [], command = [], psql }: Record<string, number[]>,
): Measurement[] {
  const compared =
    psql === undefined
      ? {}
      : ({ floor: { what: 'psql -1 -f', samples: psql }, aim: { of: 'ratio', limit: withPsql } } as const);
  const { floor } = { floor: undefined, ...compared };
  return [
    { what, unit: 'ms', samples: load, ...compared },
    {
      what: '  by the command, which starts Node first',
      unit: 'ms',
      samples: command,
      ...(floor ? { floor } : {}),
    },
  ];
}

async function load(url: string, dump: string): Promise<void> {
  const schema = await fileDump(dump);
  await bootstrapDatabase({ connection: { connectionString: url }, setting: 'DATABASE_URL', schema });
}

const psql: (url: string, dump: string) => Promise<void> = (url, dump) =>
  run('psql', ['-X', '-q', '-1', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-f', dump, url], {});

async function run(
  program: string,
  args: readonly string[],
  environment: Record<string, string>,
): Promise<void> {
  const child = spawn(program, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${program} failed with exit code ${code}`);
}

async function runMigrations(url: string, directory: string): Promise<void> {
  const db = openDatabase({ connectionString: url }, 2);
  try {
    await migrate(db, directory);
  } finally {
    await db.close();
  }
}

async function writeMigrations(directory: string, migrations: readonly string[]): Promise<string> {
  await mkdir(directory);
  for (const [index, text] of migrations.entries())
    await writeFile(join(directory, `${String(index + 1).padStart(4, '0')}_part.sql`), text);
  return directory;
}

/** A new database for one load, dropped after it; what that costs is not measured. */
async function withDatabase<T>(server: string, work: (url: string) => Promise<T>): Promise<T> {
  const name = 'bootstrap_bench';
  const url = new URL(server);
  url.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`create database ${name} template template0`);
    await client.query('checkpoint');
    return await work(url.href);
  } finally {
    await client.query(`drop database if exists ${name} with (force)`);
    await client.end();
  }
}
