import { expect, test } from 'vitest';
import { type ClockWatch, watchClocks } from './watchClock.ts';

const isSteadyOn = async (watch: ClockWatch, ticks: number, tick: () => void): Promise<boolean[]> => {
  const verdicts: boolean[] = [];
  for (let count = 0; count < ticks; count += 1) {
    tick();
    verdicts.push(await watch.isSteady());
  }
  return verdicts;
};

test.each([
  ['this machine', 'an hour ahead', [3_600_000, 0]],
  ['this machine', 'an hour back', [-3_600_000, 0]],
  ['the database', 'an hour ahead', [0, 3_600_000]],
  ['the database', 'an hour back', [0, -3_600_000]],
] as const)(
  'a clock of %s that jumps %s is not believed until runners could say that they live',
  async (_whose, _where, jumps) => {
    let passed = 1000;
    let set: readonly [number, number] = [0, 0];
    const start = 1_800_000_000_000;
    const clocks = [() => start + passed + set[0], async () => start + 7000 + passed + set[1]];
    const watch = watchClocks({ clocks, passing: () => passed });
    const after = async (ms: number): Promise<boolean> => {
      passed += ms;
      return watch.isSteady();
    };
    expect([await after(0), await after(1000), await after(60_000)]).toEqual([true, true, true]);
    set = jumps;
    const verdicts = [await after(1000), await after(10_000), await after(6000), await after(1000)];
    expect(verdicts).toEqual([false, false, true, true]);
  },
);

test('a clock that jumps all the time keeps nobody for ever', async () => {
  let passed = 0;
  const watch = watchClocks({ clocks: [() => (passed % 20_000) * 100], passing: () => passed });
  await watch.isSteady();
  const verdicts = await isSteadyOn(watch, 20, () => {
    passed += 10_000;
  });
  expect(verdicts.indexOf(true)).toBe(13);
});

test('a clock that is led slowly is believed', async () => {
  let passed = 0;
  const watch = watchClocks({ clocks: [() => passed * 1.01], passing: () => passed });
  const verdicts = await isSteadyOn(watch, 2000, () => {
    passed += 1000;
  });
  expect(verdicts).not.toContain(false);
});
