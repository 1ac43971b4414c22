import { defineCommand } from '../../command.ts';
import { findRun } from '../../runs/findRun.ts';
import { watchRun } from '../../runs/watchRun.ts';

export const watchCommand = defineCommand({
  name: 'watch [run]',
  summary: 'watch a run until it ends: its jobs side by side, and what fails',
  details:
    'Exits with 0 when the run succeeds, 4 when it fails, and 130 when it is cancelled. Ctrl-C ends the watching only.',
  examples: [
    ['slipway run watch', 'the newest run of the commit that is checked out'],
    ['slipway run watch harbor/test', 'the newest run of a workflow'],
  ],
  run: async (run, name) => watchRun(run, await findRun(await run.client(), name)),
});
