import { bootstrap } from './bootstrap.ts';
import { changes } from './changes.ts';
import { ciFollowers } from './ciFollowers.ts';
import { ciJobs } from './ciJobs.ts';
import { ciPush } from './ciPush.ts';
import { firstCommand } from './firstCommand.ts';
import { fixtures } from './fixtures.ts';
import { history } from './history.ts';
import type { Bench } from './lib/bench.ts';
import { liveLog } from './liveLog.ts';
import { logThroughput } from './logThroughput.ts';
import { memory } from './memory.ts';
import { start } from './start.ts';
import { stepOverhead } from './stepOverhead.ts';
import { web } from './web.ts';
import { workflowCheck } from './workflowCheck.ts';
import { workflowKill } from './workflowKill.ts';
import { workflowLog } from './workflowLog.ts';
import { workflowRun } from './workflowRun.ts';
import { workflowSteps } from './workflowSteps.ts';

/** All benchmarks, in the order in which they run. */
export const benches: readonly Bench[] = [
  firstCommand,
  stepOverhead,
  liveLog,
  logThroughput,
  changes,
  history,
  bootstrap,
  fixtures,
  start,
  memory,
  web,
  workflowRun,
  workflowCheck,
  workflowSteps,
  workflowLog,
  workflowKill,
  ciPush,
  ciJobs,
  ciFollowers,
];
