import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exampleFacts } from '../../../../test/workflows/planCase.ts';
import { readWorkflow } from '../../language/index.ts';
import {
  type Conclusion,
  makeEvent,
  type NextJobs,
  newRun,
  nextJobs,
  type Plan,
  planWorkflow,
  type RunState,
  recordCancellation,
  recordNext,
  recordResult,
} from '../index.ts';

/** A job of a generated workflow: it needs some of those before it. */
interface Generated {
  readonly needs: readonly number[];
  readonly condition: string | null;
  readonly size: number;
  readonly failFast: boolean;
  readonly maxParallel: number;
  readonly mayFail: boolean;
}

const conditions = [
  null,
  'always()',
  'failure()',
  'success()',
  '!cancelled()',
  'cancelled()',
  'false',
  'true',
];

const generatedJob = (index: number): fc.Arbitrary<Generated> =>
  fc.record({
    needs: index === 0 ? fc.constant([]) : fc.uniqueArray(fc.nat(index - 1), { maxLength: 3 }),
    condition: fc.constantFrom(...conditions),
    size: fc.nat(4),
    failFast: fc.boolean(),
    maxParallel: fc.nat(3),
    mayFail: fc.boolean(),
  });

const generatedJobs = fc
  .integer({ min: 1, max: 7 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => generatedJob(index))));

/** A call of the second half of the jobs, so that scopes are crossed. */
const workflowText = (jobs: readonly Generated[], event: string) =>
  `on: ${event}\njobs:\n${jobs
    .map(({ needs, condition, size, failFast, maxParallel, mayFail }, index) => {
      const strategy = `{ fail-fast: ${failFast}, max-parallel: ${maxParallel}, matrix: { v: [${Array.from({ length: size }, (_, v) => v)}] } }`;
      return [
        `  j${index}:`,
        `    needs: [${needs.map((need) => `j${need}`)}]`,
        ...(condition === null ? [] : [`    if: "${condition}"`]),
        ...(size === 0 ? [] : [`    strategy: ${strategy}`]),
        `    continue-on-error: ${mayFail}`,
        '    runs-on: ubuntu-latest',
        "    steps: [{ run: 'true' }]",
      ].join('\n');
    })
    .join('\n')}\n`;

function planOf(jobs: readonly Generated[], called: readonly Generated[]): Plan {
  const caller = `${workflowText(jobs, 'push')}  call:\n    strategy: { matrix: { w: [x, y] } }\n    uses: ./.github/workflows/c.yml\n`;
  const read = (text: string, file: string) => readWorkflow(text, file).workflow ?? expect.fail(text);
  const result = planWorkflow({
    workflow: read(caller, '.github/workflows/w.yml'),
    called: {
      './.github/workflows/c.yml': read(workflowText(called, 'workflow_call'), '.github/workflows/c.yml'),
    },
    event: makeEvent('push', null, exampleFacts('x')),
    inputs: {},
    vars: {},
    actions: {},
    machine: { architecture: 'x64', labels: [], containerEngine: false },
  });
  return result.kind === 'planned' ? result.plan : expect.fail(JSON.stringify(result));
}

/** What a run did, in order. */
type Deed = {
  readonly kind: 'start' | 'skip' | 'cancel' | 'end';
  readonly key: string;
  readonly conclusion?: Conclusion;
};

/** Runs a plan: which job ends next and how is drawn; the run may be cancelled after so many ends. */
function run(plan: Plan, draw: (most: number) => number, cancelAfter: number) {
  const deeds: Deed[] = [];
  const running = new Set<string>();
  const toCancel = new Set<string>();
  let most = 0;
  let state: RunState = newRun;
  for (let ends = 0; ends < 1000; ends += 1) {
    if (ends === cancelAfter) state = recordCancellation(state);
    const next: NextJobs = nextJobs(plan, state);
    state = JSON.parse(JSON.stringify(recordNext(state, next))) as RunState;
    for (const { key, conclusion } of next.skip) deeds.push({ kind: 'skip', key, conclusion });
    for (const { key } of next.start) {
      deeds.push({ kind: 'start', key });
      running.add(key);
    }
    for (const { key } of next.cancel) toCancel.add(key);
    most = Math.max(most, running.size);
    if (next.conclusion !== null) return { deeds, state, conclusion: next.conclusion, running, toCancel };
    const [key] = [...running].slice(draw(running.size - 1));
    if (key === undefined)
      return expect.fail(`nothing runs, and the run is not over: ${JSON.stringify(state)}`);
    const conclusion = toCancel.has(key) ? 'cancelled' : draw(3) === 0 ? 'failure' : 'success';
    running.delete(key);
    deeds.push({ kind: 'end', key, conclusion });
    state = recordResult(state, key, { conclusion, outputs: {} });
  }
  return expect.fail('it never ends');
}

const anyRun = fc.record({
  jobs: generatedJobs,
  called: generatedJobs,
  draws: fc.array(fc.nat(), { minLength: 1, maxLength: 60 }),
  cancelAfter: fc.constantFrom(-1, -1, 0, 1, 3),
});

type Drawn = typeof anyRun extends fc.Arbitrary<infer T> ? T : never;

function play({ jobs, called, draws, cancelAfter }: Drawn) {
  let at = 0;
  const draw = (most: number) => (draws[at++ % draws.length] ?? 0) % (most + 1);
  const plan = planOf(jobs, called);
  return { plan, ...run(plan, draw, cancelAfter) };
}

/** `call:1/j2:3` → its job `call:1/j2`. */
const jobOf = (key: string) => key.replace(/:\d+$/, '');
const scopeOf = (key: string) => key.replace(/[^/]*$/, '');

test('every run ends, starts nothing twice, and nothing that runs is left', () => {
  fc.assert(
    fc.property(anyRun, (drawn) => {
      const { deeds, running } = play(drawn);
      const begun = deeds.filter(({ kind }) => kind === 'start' || kind === 'skip').map(({ key }) => key);
      expect(new Set(begun).size).toBe(begun.length);
      expect(running.size).toBe(0);
    }),
    { numRuns: 150 },
  );
});

test('no job begins before all that it needs has ended', () => {
  fc.assert(
    fc.property(anyRun, (drawn) => {
      const { deeds, plan } = play(drawn);
      deeds.forEach(({ kind, key }, position) => {
        const job = plan.jobs.find(({ path }) => path === key.replaceAll(/:\d+/g, ''));
        if (kind === 'end' || job === undefined) return;
        for (const need of job.needs) {
          const whole = `${scopeOf(key)}${need}`;
          const later = deeds
            .slice(position + 1)
            .filter((deed) => jobOf(deed.key) === whole && deed.kind !== 'cancel');
          expect(later.filter((deed) => deed.kind !== 'skip')).toEqual([]);
        }
      });
    }),
    { numRuns: 100 },
  );
});

test('a matrix never has more jobs running than max-parallel, and starts none after a failure with fail-fast', () => {
  fc.assert(
    fc.property(anyRun, (drawn) => {
      const { deeds } = play(drawn);
      const legs = Map.groupBy(
        deeds.filter(({ key }) => /\bj\d+:\d+$/.test(key)),
        ({ key }) => jobOf(key),
      );
      for (const [whole, own] of legs) expectLimits(own, generatedOf(whole, drawn));
    }),
    { numRuns: 100 },
  );
});

function expectLimits(deeds: readonly Deed[], { maxParallel, failFast, mayFail }: Generated): void {
  let running = 0;
  let failed = false;
  for (const { kind, conclusion } of deeds) {
    if (kind === 'start') {
      running += 1;
      expect(failed).toBe(false);
    }
    if (kind === 'end') running -= 1;
    if (maxParallel > 0) expect(running).toBeLessThanOrEqual(maxParallel);
    if (kind === 'end' && conclusion === 'failure') failed ||= failFast && !mayFail;
  }
}

/** What a key was made of. */
function generatedOf(key: string, { jobs, called }: Pick<Drawn, 'jobs' | 'called'>): Generated {
  const list = key.startsWith('call') ? called : jobs;
  return list[Number(/j(\d+)(?::\d+)?$/.exec(key)?.[1])] ?? expect.fail(key);
}

test('the conclusion follows from how the jobs ended', () => {
  fc.assert(
    fc.property(anyRun, (drawn) => {
      const { deeds, conclusion, state } = play(drawn);
      const forgiven = (key: string) => generatedOf(key, drawn).mayFail;
      const ends = deeds.flatMap(({ kind, key, conclusion: end }) =>
        kind === 'end' || kind === 'skip' ? [end === 'failure' && forgiven(key) ? 'success' : end] : [],
      );
      const expected = ['failure', 'cancelled', 'success', 'skipped'].find((end) =>
        ends.includes(end as Conclusion),
      );
      expect(conclusion).toBe(state.cancelled ? 'cancelled' : expected);
    }),
    { numRuns: 150 },
  );
});

test('a run that is cancelled cancels what runs unless its condition still holds, and starts what asks for it', () => {
  fc.assert(
    fc.property(anyRun, (drawn) => {
      const { deeds, toCancel, state } = play({ ...drawn, cancelAfter: 1 });
      if (!state.cancelled) return;
      const firstEnd = deeds.findIndex(({ kind }) => kind === 'end');
      const conditionOf = (key: string) => generatedOf(key, drawn).condition;
      for (const { kind, key } of deeds.slice(firstEnd + 1)) {
        if (kind === 'start') expect(['always()', 'cancelled()']).toContain(conditionOf(key));
      }
      // Legs of a matrix are cancelled by fail-fast too.
      const whole = [...toCancel].filter((key) => !key.includes(':'));
      for (const key of whole) expect(['always()', 'cancelled()']).not.toContain(conditionOf(key));
    }),
    { numRuns: 100 },
  );
});
