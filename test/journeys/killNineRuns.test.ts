import { expect, test } from 'vitest';
import { soakRuns } from '../soak/runs/soakRuns.ts';

test('runs of workflows, killed at random, and everything said of them is true (bin/soak --runs does this for longer)', async () => {
  const report = await soakRuns({
    seed: 5,
    rounds: 2,
    users: 1,
    trafficMs: 600,
    stepSeconds: 0.01,
    namespaces: true,
    say: () => {},
  });
  expect(report.rounds).toBe(2);
}, 180_000);
