import type { CommandGroup } from '../../command.ts';
import { approveCommand } from './approve.ts';
import { cancelRunCommand } from './cancel.ts';
import { runLogsCommand } from './logs.ts';
import { rerunCommand } from './rerun.ts';
import { showRunCommand } from './show.ts';
import { watchCommand } from './watch.ts';

export const runCommand: CommandGroup = {
  name: 'run',
  summary: 'one workflow run: its jobs, its logs; cancel it, run it again',
  examples: [
    ['slipway run', 'the newest one of the commit that is checked out'],
    ['slipway run harbor/test#12', 'its jobs, and why they failed'],
    ['slipway run logs harbor/test#12 --failed', 'the lines of the steps that failed'],
    ['slipway run rerun harbor/test#12 --failed', 'what failed, once more'],
  ],
  commands: [showRunCommand, runLogsCommand, watchCommand, cancelRunCommand, rerunCommand, approveCommand],
};
