import { parentPort, workerData } from 'node:worker_threads';
import { assertNever } from '../../platform/errors.ts';
import { type AsideTask, lookUp } from './parseAside.ts';
import { parseConfiguration } from './parseConfiguration.ts';
import { referencesIn } from './referencesIn.ts';

// The library asks the environment at each of its tokens whether to log it; of a plain object that costs nothing.
process.env = {};

parentPort?.postMessage(answer(workerData));

function answer(task: AsideTask): unknown {
  switch (task.kind) {
    case 'parse': {
      const { source, fileName, context } = task;
      return parseConfiguration(source, fileName, {
        urlPrefix: context.urlPrefix,
        value: lookUp(context.values),
      });
    }
    case 'references':
      return referencesIn(task.source);
    default:
      return assertNever(task);
  }
}
