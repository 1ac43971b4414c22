/** Wall clock in ms with fractions, to compare with what other processes on this machine write down. */
export const wallClock = (): number => performance.timeOrigin + performance.now();

/** The result of `work`, and how long it took in ms. */
export async function timed<T>(work: () => Promise<T>): Promise<{ result: T; ms: number }> {
  const began = performance.now();
  const result = await work();
  return { result, ms: performance.now() - began };
}

/** How long each of `count` rounds took in ms, one after the other. */
export async function timeEach(count: number, work: (round: number) => Promise<unknown>): Promise<number[]> {
  const samples: number[] = [];
  for (let round = 0; round < count; round += 1) samples.push((await timed(() => work(round))).ms);
  return samples;
}
