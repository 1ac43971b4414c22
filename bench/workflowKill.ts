import type { Bench, Measurement } from './lib/bench.ts';
import { runScripts } from './lib/job.ts';
import { type Scratch, withScratch } from './lib/scratch.ts';

const rounds = 20;
/** Processes that ignore what they can, half of them in sessions of their own. */
const script = `for i in $(seq 30); do
  setsid sh -c 'trap "" INT TERM; sleep 300' > /dev/null 2>&1 &
  sh -c 'trap "" INT TERM; sleep 300' &
done
trap "" INT TERM
echo ready
while :; do sleep 300; done`;

/** From a kill until no process of the job is left and its end was told. */
export const workflowKill: Bench = {
  name: 'workflow-kill',
  about: 'A job with 120 processes that ignore INT and TERM is killed, until none is left',
  run: () => withScratch(measure),
};

async function measure(scratch: Scratch): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const isolation of ['auto', 'none'] as const) {
    const samples: number[] = [];
    for (let round = 0; round < rounds; round += 1) samples.push(await killOne(scratch, isolation));
    measurements.push({
      what: `kill → no survivor, isolation ${isolation}`,
      unit: 'ms',
      samples,
      aim: { of: 'p95', limit: 1000 },
    });
  }
  return measurements;
}

async function killOne(scratch: Scratch, isolation: 'auto' | 'none'): Promise<number> {
  const kill = new AbortController();
  let killedAt = Number.NaN;
  const onEvent = (event: { kind: string; text?: string }) => {
    if (event.kind !== 'output' || !event.text?.includes('ready')) return;
    killedAt = performance.now();
    kill.abort();
  };
  await runScripts(scratch, [script], onEvent, { kill: kill.signal, isolation });
  return performance.now() - killedAt;
}
