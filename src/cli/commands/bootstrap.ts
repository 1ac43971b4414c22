import { Option } from 'commander';
import {
  type BootstrapProgress,
  type BootstrapResult,
  bootstrapDatabase,
  bootstrapOwnDatabase,
  type DumpSource,
  describeFailure,
  fileDump,
  type OwnBootstrapResult,
  streamDump,
  type Target,
} from '../../platform/bootstrap/index.ts';
import { connectionFromUrl } from '../../platform/db/externalServer.ts';
import { AppError } from '../../platform/errors.ts';
import { defineCommand, type Run } from '../command.ts';
import { type ExitCode, exitCodes } from '../exitCodes.ts';
import type { Output } from '../output/output.ts';
import { plainText } from '../output/plainText.ts';
import { writeCount, writeSize } from '../output/size.ts';
import { writeDuration } from '../output/time.ts';
import { Interrupted } from '../problem.ts';
import { openBootstrapView } from '../views/bootstrap.ts';

interface Options {
  readonly databaseUrl?: string;
  readonly schema?: string;
  readonly upgrade?: string;
  /** False with `--no-owner`. */
  readonly owner: boolean;
  readonly migrationsTable?: string;
}

export const bootstrapCommand = defineCommand<Options>({
  name: 'bootstrap',
  summary: 'create a database if it is missing, and load a dump if it is empty',
  details:
    'All of the dump is loaded, or nothing. The next time nothing is changed. Without --schema the database of Slipway itself is prepared, as slipway up does it. Exits with 4 when the upgrade command failed.',
  options: [
    new Option('--database-url <url>', 'which database; better by DATABASE_URL, since others see arguments'),
    new Option('--schema <file>', 'a dump as pg_dump writes it, also by gzip; - for standard input'),
    new Option('--upgrade <command>', 'what to run then, each time, with DATABASE_URL set'),
    new Option('--no-owner', 'everything belongs to who connects; no grants to roles that do not exist'),
    new Option('--migrations-table <name>', 'the table that tells that migrations ran, as [schema.]name'),
  ],
  examples: [
    ['slipway bootstrap --schema db/structure.sql', 'the database that DATABASE_URL names'],
    ["slipway bootstrap --schema dump.sql.gz --upgrade 'npm run migrate'", 'and then what is newer'],
    ['pg_dump shop | slipway bootstrap --schema - --no-owner', 'from another database'],
  ],
  async run(run) {
    const { options, env } = run;
    const { databaseUrl, target } = targetOf(options, env.DATABASE_URL);
    return options.schema === undefined
      ? bootstrapOwn(run, target)
      : bootstrapAny(run, target, databaseUrl, await sourceOf(options.schema, run.stdin));
  },
});

function targetOf(options: Options, fromEnvironment: string | undefined) {
  const setting = options.databaseUrl === undefined ? 'DATABASE_URL' : '--database-url';
  const databaseUrl = options.databaseUrl ?? fromEnvironment;
  if (!databaseUrl) {
    throw new AppError(
      'invalid_input',
      'name the database: DATABASE_URL=postgresql://user:password@host:5432/database, or --database-url',
    );
  }
  return { databaseUrl, target: { connection: connectionFromUrl(databaseUrl, setting), setting } };
}

async function sourceOf(schema: string, stdin: NodeJS.ReadStream): Promise<DumpSource> {
  if (schema !== '-') return fileDump(schema);
  if (stdin.isTTY)
    throw new AppError('invalid_input', '--schema - reads a dump from standard input: pipe one into it');
  return streamDump(stdin);
}

async function bootstrapOwn({ options, out }: Run<Options>, target: Target): Promise<undefined> {
  if (options.upgrade !== undefined || options.migrationsTable !== undefined || !options.owner) {
    throw new AppError(
      'invalid_input',
      '--upgrade, --no-owner and --migrations-table go with --schema; without it the database of Slipway itself is prepared',
    );
  }
  const result = await bootstrapOwnDatabase(target);
  out.show(presentOwn(result), () => {
    if (result.created) out.line(`created database ${plainText(result.database)}`);
    if (result.loadedSnapshot) out.line('loaded the schema of Slipway');
    for (const name of result.applied) out.line(`ran ${name}`);
    if (!result.loadedSnapshot && result.applied.length === 0) out.line('up to date; nothing was changed');
  });
  return undefined;
}

const presentOwn = ({ database, created, loadedSnapshot, applied }: OwnBootstrapResult) => ({
  database,
  created,
  loaded: loadedSnapshot ? 'loaded' : 'already',
  applied,
});

async function bootstrapAny(
  run: Run<Options>,
  target: Target,
  databaseUrl: string,
  schema: DumpSource,
): Promise<ExitCode | undefined> {
  const { options, out } = run;
  const view = openBootstrapView(out);
  const stop = new AbortController();
  let phase: BootstrapProgress['phase'] = 'waiting';
  const interrupt = () => stop.abort(interruption(phase));
  const { upgrade: command, migrationsTable } = options;
  try {
    const result = await run.interrupts.during(interrupt, () =>
      bootstrapDatabase({
        ...target,
        schema,
        noOwner: !options.owner,
        ...(migrationsTable === undefined ? {} : { migrationsTable }),
        ...(command === undefined
          ? {}
          : { upgrade: { command, databaseUrl, output: out.json ? 'stderr' : 'stdout' } }),
        signal: stop.signal,
        onProgress: (progress) => {
          phase = progress.phase;
          view.progress(progress);
        },
      }),
    );
    view.close();
    out.show(result, () => printResult(out, schema.name, result));
    stop.signal.throwIfAborted();
    return reportUpgrade(out, result);
  } finally {
    view.close();
  }
}

function interruption(phase: BootstrapProgress['phase']): Interrupted {
  return new Interrupted(
    phase === 'upgrading'
      ? 'interrupted during the upgrade command; the schema is loaded'
      : 'interrupted; nothing was loaded',
  );
}

function printResult(out: Output, name: string, result: BootstrapResult): void {
  if (result.created) out.line(`created database ${plainText(result.database)}`);
  if (result.loaded === 'loaded') {
    const rows = result.rows > 0 ? `, ${writeCount(result.rows, 'row')}` : '';
    out.line(
      `loaded ${plainText(name)}: ${writeCount(result.statements, 'statement')}${rows}, ${writeSize(result.bytes)} in ${writeDuration(result.seconds)}`,
    );
  } else out.line('nothing was changed');
  for (const note of result.notes) out.note(plainText(note));
}

function reportUpgrade(out: Output, { upgrade }: BootstrapResult): ExitCode | undefined {
  const failure = upgrade === null ? undefined : describeFailure(upgrade);
  if (failure === undefined) return undefined;
  out.note(`${out.paint('red', 'slipway:')} the upgrade command failed: ${failure}. What was loaded stays`);
  return exitCodes.failed;
}
