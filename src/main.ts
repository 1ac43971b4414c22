import { Command, InvalidArgumentError } from 'commander';
import { AppError } from './platform/errors.ts';
import { flush } from './platform/flush.ts';
import { createLogger } from './platform/log.ts';
import { readSettings, type Settings } from './platform/settings.ts';
import type { RunnerCommandOptions } from './services/runRunner.ts';
import type { Service, Slipway } from './services/slipway.ts';

const serviceNames: readonly Service[] = ['web', 'dispatcher', 'runner', 'jobs'];

const program = new Command('slipway');

program
  .command('up')
  .description('Start Slipway on this machine')
  .option('--config <file>', 'declare repositories, apps and environments from this slipway.yml')
  .option('--fixtures <file>', 'admin, teams, projects and DSNs from this file')
  .option('--watch', 'apply these files again whenever they change')
  .option('--sample', 'set up a sample app and ship it to staging')
  .action((options: UpOptions) =>
    run(async (stopping) => {
      const settings = withOptions(readSettings(process.env), options);
      const { up } = await import('./services/up.ts');
      const slipway = await up(settings, createLogger('slipway', settings.logLevel));
      const { withSample } = await import('./services/sample.ts');
      const { announce } = await import('./services/announce.ts');
      const started = options.sample ? await withSample(slipway, say, stopping) : { ...slipway, lines: [] };
      if (!stopping.aborted) await announce(started, started.lines, say);
      return started;
    }),
  );

program
  .command('serve')
  .description('Run some services on the database that DATABASE_URL names')
  .requiredOption(
    '--services <list>',
    'of web, dispatcher, runner (deploys), jobs (of workflows)',
    parseServices,
  )
  .action((options: { services: Service[] }) =>
    run(async () => {
      const settings = readSettings(process.env);
      const { serve } = await import('./services/serve.ts');
      return serve(
        settings,
        options.services,
        createLogger(`slipway-${options.services.join('+')}`, settings.logLevel),
      );
    }),
  );

program
  .command('runner')
  .description('Run jobs of workflows for a Slipway on another machine')
  .requiredOption('--url <url>', 'where that Slipway is', process.env.SLIPWAY_URL)
  .option('--token <token>', 'a runner token (slr_…); better in SLIPWAY_RUNNER_TOKEN')
  .option('--token-file <file>', 'a file that holds it')
  .option('--labels <list>', 'what jobs may ask for by `runs-on`; several with commas', parseLabels)
  .option('--name <name>', 'what people call it; the name of this machine unless told')
  .option('--capacity <number>', 'how many jobs at once', parseCapacity)
  .option('--isolation <kind>', 'namespace, process-group or auto', parseIsolation)
  .option('--state <directory>', 'where it keeps repositories, actions and the places of its jobs')
  .option('--processes <count>', 'the most processes and threads that a job may have')
  .option('--memory <size>', 'the most memory that a job may take')
  .option('--disk <size>', 'the most disk that a job may fill')
  .option('--log <size>', 'the most that a job may write into its log')
  .option(
    '--drain-timeout <seconds>',
    'after TERM, jobs may go on for so long; without it for as long as they take',
    parseSeconds,
  )
  .action(async (options: RunnerCommandOptions) => {
    const { runRunner } = await import('./services/runRunner.ts');
    process.exit(await runRunner(options));
  });

await program.parseAsync();

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

interface UpOptions {
  config?: string;
  fixtures?: string;
  watch?: boolean;
  sample?: boolean;
}

function withOptions(settings: Settings, options: UpOptions): Settings {
  return {
    ...settings,
    configFile: options.config ?? settings.configFile,
    fixturesFile: options.fixtures ?? settings.fixturesFile,
    watch: options.watch ?? settings.watch,
  };
}

function parseServices(text: string): Service[] {
  return text.split(',').map((name) => {
    const service = serviceNames.find((known) => known === name);
    if (service === undefined) throw new InvalidArgumentError(`there is ${serviceNames.join(', ')}`);
    return service;
  });
}

function parseLabels(text: string): string[] {
  return text
    .split(',')
    .map((label) => label.trim())
    .filter((label) => label !== '');
}

function parseCapacity(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a number from 1 to 999');
}

function parseSeconds(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a number of seconds');
}

function parseIsolation(text: string): RunnerCommandOptions['isolation'] {
  if (text === 'namespace' || text === 'process-group' || text === 'auto') return text;
  throw new InvalidArgumentError('there is namespace, process-group, auto');
}

/** Runs until a signal ends it. A failure to start is one plain line, and exit code 2. */
async function run(start: (stopping: AbortSignal) => Promise<Slipway>): Promise<void> {
  const stopping = new AbortController();
  const ended = new Promise<NodeJS.Signals>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  void ended.then((signal) => stopping.abort(signal));
  try {
    const slipway = await start(stopping.signal);
    const signal = await ended;
    await slipway.stop(`Slipway was stopped (${signal})`);
    process.exit(0);
  } catch (error) {
    process.stderr.write(
      `slipway: ${error instanceof AppError ? error.message : ((error as Error).stack ?? String(error))}\n`,
    );
    await flush(process.stderr);
    process.exit(2);
  }
}
