import { Option } from 'commander';
import { api } from '../../../contract/addresses.ts';
import { wholeNumber } from '../../arguments.ts';
import { defineCommand } from '../../command.ts';
import { checkoutHere } from '../../runs/checkoutHere.ts';
import { findRun } from '../../runs/findRun.ts';
import { printNext, printRun } from '../../views/runDetail.ts';
import { printFindings } from '../../views/runFindings.ts';

interface Options {
  readonly attempt?: number;
}

const noTests = { counts: null, problems: [], items: [] };

export const showRunCommand = defineCommand<Options>({
  name: 'show [run]',
  summary: 'one run: its jobs as a tree, what failed, why the others wait or were skipped',
  details:
    'A run is written harbor/test#12, or by its id; harbor/test means the newest one of that workflow. Without a name: the newest run of the commit that is checked out here, else of its branch.',
  options: [new Option('--attempt <number>', 'an earlier attempt').argParser(wholeNumber)],
  examples: [
    ['slipway run show', 'of the commit that is checked out'],
    ['slipway run show harbor/test#12', 'that run'],
    ['slipway run show harbor/test#12 --attempt 1', 'before it was run again'],
  ],
  async run({ client, out, options, now }, name) {
    const server = await client();
    const params = { run: await findRun(server, name) };
    const query = options.attempt === undefined ? {} : { attempt: options.attempt };
    const run = await server.call(api.showRun, { params, query });
    if (out.json) out.show(run, () => {});
    else {
      const tests =
        run.tests === null
          ? noTests
          : await server.call(api.listTests, { params, query: { ...query, limit: 200 } });
      printRun(out, run, tests, now());
      const checkout = run.findings.length === 0 ? null : await checkoutHere(process.cwd());
      await printFindings(out, run, checkout);
      printNext(out, run);
    }
    return undefined;
  },
});
