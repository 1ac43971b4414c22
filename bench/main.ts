import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benches } from './benches.ts';
import type { Bench, Measurement } from './lib/bench.ts';
import { describeRun } from './lib/machine.ts';
import { writeResult } from './lib/results.ts';
import { isMet, textTable } from './lib/table.ts';

const usage = `npm run bench -- [NAME…] [--list] [--write]

Without names all benchmarks run, one after the other. --write updates bench/RESULTS.md.
`;

const { positionals: names, values } = parseArgs({
  allowPositionals: true,
  options: {
    list: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(usage);
else if (values.list) for (const { name, about } of benches) console.log(`${name.padEnd(16)}${about}`);
else await runAll(chosen(names));

function chosen(wanted: readonly string[]): readonly Bench[] {
  const unknown = wanted.filter((name) => !benches.some((bench) => bench.name === name));
  if (unknown.length > 0) {
    console.error(
      `there is no benchmark ${unknown.join(', ')}; there is ${benches.map((b) => b.name).join(', ')}`,
    );
    process.exit(2);
  }
  return wanted.length === 0 ? benches : benches.filter((bench) => wanted.includes(bench.name));
}

/** Exit code 1 when an aim was missed. */
async function runAll(wanted: readonly Bench[]): Promise<void> {
  for (const bench of wanted) {
    const run = describeRun(new Date());
    console.log(`\n${bench.name} · ${bench.about}\n${run}\n`);
    const measurements = await runAlone(bench);
    console.log(textTable(measurements));
    if (measurements.some((measurement) => isMet(measurement) === false)) process.exitCode = 1;
    if (values.write) await writeResult(join(import.meta.dirname, 'RESULTS.md'), bench, run, measurements);
  }
}

/** In a process of its own: what one benchmark leaves in memory must not slow down the next. */
async function runAlone(bench: Bench): Promise<Measurement[]> {
  const child = fork(join(import.meta.dirname, 'programs', 'runBench.ts'), [bench.name]);
  let measurements: Measurement[] | undefined;
  child.on('message', (message) => {
    measurements = message as Measurement[];
  });
  const [code] = await once(child, 'exit');
  if (measurements === undefined || code !== 0)
    throw new Error(`the benchmark ${bench.name} failed (see above)`);
  return measurements;
}
