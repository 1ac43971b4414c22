import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from './errors.ts';
import { type JobLimitSettings, readJobLimits } from './jobLimits.ts';
import { byteSizeOf } from './text/byteSize.ts';

/** What the environment says about this installation. Everything has a default; nothing else is read from it. */
export interface Settings {
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  /** The address people use, without a slash at its end. */
  readonly urlPrefix: string;
  /** The same as SLIPWAY_URL_PREFIX says it; null when it is unset: a fixture's DSNs cannot be checked then. */
  readonly declaredUrlPrefix: string | null;
  readonly secretKey: string | undefined;
  /** An external PostgreSQL; undefined means the embedded one. */
  readonly databaseUrl: string | undefined;
  /** The slipway.yml that is applied on start; undefined when there is none. */
  readonly configFile: string | undefined;
  /** The fixture file that is applied on start; undefined when there is none. */
  readonly fixturesFile: string | undefined;
  /** Whether these files are applied again whenever they change. */
  readonly watch: boolean;
  /** How large one push to a repository may be that Slipway hosts. */
  readonly pushLimitBytes: number;
  /** How long artifacts of workflow runs are kept. */
  readonly artifactDays: number;
  /** How long logs of jobs are kept, from their last line on. */
  readonly jobLogDays: number;
  /** How long workflow runs are kept that nothing needs any more, from their end on. */
  readonly runDays: number;
  /** How the processes of jobs are kept apart by the runner beside the server. */
  readonly jobIsolation: (typeof isolations)[number];
  /** What a job may have that the runner beside the server runs. */
  readonly jobLimits: JobLimitSettings;
  readonly logLevel: string;
}

export const packageRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the settings; invalid_input names the variable that is wrong, and what it takes. */
export function readSettings(environment: Environment): Settings {
  const host = environment.SLIPWAY_HOST || '127.0.0.1';
  const port = portOf(environment.SLIPWAY_PORT);
  const urlPrefix = urlPrefixOf(environment.SLIPWAY_URL_PREFIX, host, port);
  return {
    dataDir: resolve(environment.SLIPWAY_DATA_DIR || defaultDataDir(environment)),
    host,
    port,
    urlPrefix,
    declaredUrlPrefix: environment.SLIPWAY_URL_PREFIX ? urlPrefix : null,
    secretKey: environment.SLIPWAY_SECRET_KEY || undefined,
    databaseUrl: environment.DATABASE_URL || undefined,
    configFile: environment.SLIPWAY_CONFIG || undefined,
    fixturesFile: environment.SLIPWAY_FIXTURES || undefined,
    watch: flagOf('SLIPWAY_WATCH', environment.SLIPWAY_WATCH),
    pushLimitBytes: byteSizeOf('SLIPWAY_PUSH_LIMIT', environment.SLIPWAY_PUSH_LIMIT || '1GiB'),
    artifactDays: daysOf('SLIPWAY_ARTIFACT_DAYS', environment.SLIPWAY_ARTIFACT_DAYS, 30),
    jobLogDays: daysOf('SLIPWAY_JOB_LOG_DAYS', environment.SLIPWAY_JOB_LOG_DAYS, 90),
    runDays: daysOf('SLIPWAY_RUN_DAYS', environment.SLIPWAY_RUN_DAYS, 90),
    jobIsolation: choiceOf('SLIPWAY_JOB_ISOLATION', environment.SLIPWAY_JOB_ISOLATION, isolations, 'auto'),
    jobLimits: readJobLimits(
      {
        processes: environment.SLIPWAY_JOB_PROCESSES,
        memory: environment.SLIPWAY_JOB_MEMORY,
        disk: environment.SLIPWAY_JOB_DISK,
        log: environment.SLIPWAY_JOB_LOG,
      },
      (name) => `SLIPWAY_JOB_${name.toUpperCase()}`,
    ),
    logLevel: choiceOf('SLIPWAY_LOG_LEVEL', environment.SLIPWAY_LOG_LEVEL, logLevels, 'info'),
  };
}

/** In a checkout everything lies in `.slipway` beside the code; installed elsewhere, in the user's data folder. */
function defaultDataDir(environment: Environment): string {
  if (existsSync(join(packageRoot, '.git'))) return join(packageRoot, '.slipway');
  return join(environment.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'slipway');
}

function portOf(text: string | undefined): number {
  if (!text) return 7070;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new AppError(
    'invalid_input',
    `SLIPWAY_PORT is "${text}"; it takes a port number from 0 (any free one) to 65535`,
  );
}

function flagOf(name: string, text: string | undefined): boolean {
  if (!text || text === '0' || text === 'false') return false;
  if (text === '1' || text === 'true') return true;
  throw new AppError('invalid_input', `${name} is "${text}"; it takes true or false`);
}

function daysOf(name: string, text: string | undefined, usual: number): number {
  if (!text) return usual;
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new AppError('invalid_input', `${name} is "${text}"; it takes a number of days from 1 to 99999`);
}

function urlPrefixOf(text: string | undefined, host: string, port: number): string {
  if (!text) return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && !url.search && !url.hash && !url.username && !url.password)
    return text.replace(/\/+$/, '');
  throw new AppError(
    'invalid_input',
    `SLIPWAY_URL_PREFIX is "${text}"; it takes the address people use, such as https://slipway.example.com`,
  );
}

const isolations = ['auto', 'namespace', 'process-group'] as const;

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

function choiceOf<T extends string>(
  name: string,
  text: string | undefined,
  choices: readonly T[],
  usual: T,
): T {
  const found = choices.find((choice) => choice === (text || usual));
  if (found !== undefined) return found;
  throw new AppError('invalid_input', `${name} is "${text}"; it takes ${choices.join(', ')}`);
}
