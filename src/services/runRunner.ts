import { readFile } from 'node:fs/promises';
import { AppError, systemCode } from '../platform/errors.ts';
import { readJobLimits } from '../platform/jobLimits.ts';
import { createLogger } from '../platform/log.ts';
import type { IsolationChoice } from '../platform/processes/index.ts';
import { type RemoteRunner, startRemoteRunner } from './remoteRunnerService.ts';

export interface RunnerCommandOptions {
  readonly url: string;
  readonly token?: string;
  readonly tokenFile?: string;
  readonly labels?: string[];
  readonly name?: string;
  readonly capacity?: number;
  readonly isolation?: IsolationChoice;
  readonly state?: string;
  readonly processes?: string;
  readonly memory?: string;
  readonly disk?: string;
  readonly log?: string;
  readonly drainTimeout?: number;
}

/**
 * `slipway runner`. The first TERM (or Ctrl-C) lets jobs go on to their end and takes no more; a second one, or the drain
 * timeout, ends them. Answers the exit code: 0 after that, and when Slipway had it drained; 2 when it is not let in.
 */
export async function runRunner(options: RunnerCommandOptions): Promise<number> {
  const signals = countSignals();
  try {
    const { url, labels = null, name, capacity, isolation, state } = options;
    const token = await tokenOf(options);
    const limits = readJobLimits(options, (option) => `--${option}`);
    const log = createLogger('slipway-runner', process.env.SLIPWAY_LOG_LEVEL || 'info');
    const runner = await startRemoteRunner(
      { ...{ url, token, labels, name, capacity, isolation, state, limits } },
      log,
    );
    say(`runner ${runner.name} takes jobs of ${url}`);
    await Promise.race([signals.first, runner.over]).catch(async (error: unknown) => {
      await runner.stop('its runner was refused');
      throw error;
    });
    say('taking no more jobs; waiting for those that run');
    await end(runner, signals, options.drainTimeout);
    return 0;
  } catch (error) {
    const text = error instanceof AppError ? error.message : ((error as Error).stack ?? String(error));
    process.stderr.write(`slipway: ${text}\n`);
    return 2;
  }
}

async function end(
  runner: RemoteRunner,
  signals: Signals,
  timeoutSeconds: number | undefined,
): Promise<void> {
  const limit = Promise.withResolvers<string>();
  const timer =
    timeoutSeconds === undefined
      ? undefined
      : setTimeout(
          () => limit.resolve('its runner was stopped, and waited for it long enough'),
          timeoutSeconds * 1000,
        );
  const reason = await Promise.race([
    runner.drain().then(() => 'its runner was drained'),
    signals.second.then(() => 'its runner was stopped'),
    limit.promise,
  ]);
  clearTimeout(timer);
  await runner.stop(reason);
}

interface Signals {
  readonly first: Promise<void>;
  readonly second: Promise<void>;
}

function countSignals(): Signals {
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let count = 0;
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    process.on(name, () => {
      count += 1;
      if (count === 1) first.resolve();
      else second.resolve();
    });
  }
  return { first: first.promise, second: second.promise };
}

async function tokenOf({ token, tokenFile }: RunnerCommandOptions): Promise<string> {
  const given = token ?? process.env.SLIPWAY_RUNNER_TOKEN ?? (tokenFile && (await read(tokenFile))) ?? '';
  // What steps may see of this process's environment must not be it.
  delete process.env.SLIPWAY_RUNNER_TOKEN;
  if (/^slr_\w+$/.test(given.trim())) return given.trim();
  throw new AppError(
    'invalid_input',
    given === ''
      ? 'a runner token is missing: SLIPWAY_RUNNER_TOKEN, --token-file or --token; an admin makes one: slipway runners token create NAME'
      : 'this is no runner token; they begin with slr_, and slipway runners token create NAME makes one',
  );
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new AppError(
      'invalid_input',
      `${path} cannot be read (${systemCode(cause) ?? cause})`,
      {},
      { cause },
    );
  }
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
