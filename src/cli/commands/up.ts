import { Option } from 'commander';
import { AppError } from '../../platform/errors.ts';
import { defineCommand } from '../command.ts';

/** Listed here and started by `bin/slipway`: the server is no part of the command line. */
export const upCommand = defineCommand({
  name: 'up',
  summary: 'start Slipway here: embedded PostgreSQL, web, dispatcher and runner',
  options: [
    new Option('--sample', 'with a sample app, shipped to staging'),
    new Option('--config <file>', 'apply this slipway.yml at the start'),
    new Option('--fixtures <file>', 'apply this fixture file at the start'),
    new Option('--watch', 'apply these files again whenever they change'),
  ],
  examples: [
    ['slipway up --sample', 'to look around'],
    ['slipway up --config slipway.yml', 'with your own apps'],
  ],
  run: startedByScript,
});

export const serveCommand = defineCommand({
  name: 'serve',
  summary: 'run some services on the PostgreSQL that DATABASE_URL names',
  options: [new Option('--services <list>', 'web, dispatcher, runner; several with commas')],
  examples: [['slipway serve --services=runner', 'one more runner, also on another machine']],
  run: startedByScript,
});

export const runnerCommand = defineCommand({
  name: 'runner',
  summary: 'run jobs of workflows on this machine, for a Slipway elsewhere',
  options: [
    new Option('--token-file <file>', 'a file with a runner token (slr_…); or SLIPWAY_RUNNER_TOKEN'),
    new Option('--token <token>', 'the token itself'),
    new Option('--labels <list>', 'what jobs may ask for by `runs-on`; several with commas'),
    new Option('--name <name>', 'what people call it'),
    new Option('--capacity <number>', 'how many jobs at once'),
    new Option('--isolation <kind>', 'namespace, process-group or auto'),
    new Option('--state <directory>', 'where it keeps repositories, actions and the places of its jobs'),
    new Option('--processes <count>', 'the most processes and threads that a job may have'),
    new Option('--memory <size>', 'the most memory that a job may take'),
    new Option('--disk <size>', 'the most disk that a job may fill'),
    new Option('--log <size>', 'the most that a job may write into its log'),
    new Option('--drain-timeout <seconds>', 'after TERM, jobs may go on for so long'),
  ],
  examples: [
    [
      'slipway runner --url https://slipway.example.com --token-file token',
      'a second Ctrl-C ends its jobs too',
    ],
  ],
  run: startedByScript,
});

async function startedByScript(): Promise<undefined> {
  throw new AppError('invalid_input', 'the server is started by bin/slipway; run it from there');
}
