import { benches } from '../benches.ts';

// Runs the benchmark that is named and sends what it measured to its parent, `bench/main.ts`.
const bench = benches.find(({ name }) => name === process.argv[2]);
if (bench === undefined || process.send === undefined) throw new Error('run this through: npm run bench');
const measurements = await bench.run();
process.send(measurements, () => process.disconnect());
