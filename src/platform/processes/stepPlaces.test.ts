import { afterEach, expect, test } from 'vitest';
import { detectIsolation } from './isolation.ts';
import { findMarked } from './killMarked.ts';
import { runStep } from './runStep.ts';
import type { StepSpec } from './step.ts';
import { StepPlaces } from './stepPlaces.ts';

const { mode } = await detectIsolation();
const marker = `places:${process.pid}`;
const places = new StepPlaces('auto', marker);
const left = () => findMarked((found) => found === marker);

afterEach(() => places.close());

test.runIf(mode === 'namespace')('a place that is prepared is taken once, by the next step', async () => {
  places.prepare();
  places.prepare();
  const place = await places.take();
  expect(await places.take()).toBeUndefined();
  expect(await left()).toHaveLength(2);
  expect(await run({ argv: ['true'], place })).toEqual({ kind: 'exited', code: 0 });
  expect(await left()).toEqual([]);
});

test('a place that no step took is gone when all is closed', async () => {
  places.prepare();
  await places.close();
  expect(await left()).toEqual([]);
});

test('a step that does not start leaves no place behind', async () => {
  const cancel = AbortSignal.abort();
  for (const step of [{ argv: ['there is no such command'] }, { argv: ['true'], cancel }]) {
    places.prepare();
    const { kind } = await run({ ...step, place: await places.take() });
    expect(kind).toBe('cancel' in step ? 'cancelled' : 'not_started');
    expect(await left()).toEqual([]);
  }
});

test('a place that somebody ended meanwhile is no success of its step', async () => {
  places.prepare();
  const place = await places.take();
  await place?.end();
  const result = await run({ argv: ['true'], place });
  if (place !== undefined) expect(result).not.toEqual({ kind: 'exited', code: 0 });
});

function run(step: Pick<StepSpec, 'argv' | 'place'> & { cancel?: AbortSignal }) {
  return runStep({
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    onOutput: () => undefined,
    timeoutMs: 10_000,
    silenceMs: 10_000,
    cancel: new AbortController().signal,
    marker,
    ...step,
  });
}
