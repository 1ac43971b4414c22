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

async function startedByScript(): Promise<undefined> {
  throw new AppError('invalid_input', 'the server is started by bin/slipway; run it from there');
}
