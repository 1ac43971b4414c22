import { expect, test } from 'vitest';
import { watchClock } from './watchClock.ts';

test.each([
  ['an hour ahead', 3_600_000],
  ['an hour back', -3_600_000],
])('a clock that jumps %s is not believed until runners could say that they live', (_, jumpMs) => {
  let [passed, set] = [1000, 0];
  const watch = watchClock({ wall: () => 1_800_000_000_000 + passed + set, passing: () => passed });
  const after = (ms: number): boolean => {
    passed += ms;
    return watch.isSteady();
  };
  expect([after(1000), after(60_000)]).toEqual([true, true]);
  set = jumpMs;
  expect([after(1000), after(10_000), after(6000), after(1000)]).toEqual([false, false, true, true]);
});

test('a clock that jumps all the time keeps nobody for ever', () => {
  let passed = 0;
  const watch = watchClock({ wall: () => (passed % 20_000) * 100, passing: () => passed });
  const verdicts = Array.from({ length: 20 }, () => {
    passed += 10_000;
    return watch.isSteady();
  });
  expect(verdicts.indexOf(true)).toBe(13);
});

test('a clock that is led slowly is believed', () => {
  let passed = 0;
  const watch = watchClock({ wall: () => passed * 1.01, passing: () => passed });
  for (let tick = 0; tick < 2000; tick += 1) {
    passed += 1000;
    expect(watch.isSteady()).toBe(true);
  }
});
