import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';

// Starts the command argv[3…] argv[2] times, one after the other, and prints when and how long as JSON.
const [, , count = '0', file = '', ...args] = process.argv;
const output = openSync('/dev/null', 'w');
const startedAt: number[] = [];
const tookMs: number[] = [];
for (let round = 0; round < Number(count); round += 1) {
  const began = performance.now();
  startedAt.push(performance.timeOrigin + began);
  await once(spawn(file, args, { stdio: ['ignore', output, output] }), 'exit');
  tookMs.push(performance.now() - began);
}
closeSync(output);
process.stdout.write(JSON.stringify({ startedAt, tookMs }));
