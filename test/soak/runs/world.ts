import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** What exists outside of Slipway: a configuration, working copies, and the book in which steps write what they do. */
export interface RunsWorld {
  readonly directory: string;
  readonly dataDir: string;
  readonly configFile: string;
  /** Steps write here. Slipway knows nothing of it. */
  readonly books: string;
  remove(): Promise<void>;
}

export const repository = 'soak';

/** Files of the repository's workflows, by the name that each has. */
export const workflowNames = ['matrix', 'newest', 'queue', 'repeated'] as const;

/** Jobs see a `/tmp` of their own: the books lie elsewhere. */
export async function createRunsWorld(): Promise<RunsWorld> {
  const directory = await mkdtemp('/var/tmp/slipway-soak-');
  const books = join(directory, 'books');
  const configFile = join(directory, 'slipway.yml');
  await mkdir(books);
  await writeFile(configFile, stringify({ repositories: { [repository]: {} } }));
  return {
    directory,
    dataDir: join(directory, 'data'),
    configFile,
    books,
    remove: () => rm(directory, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** The workflows that every commit has. */
export async function writeWorkflows(checkout: string, books: string, stepSeconds: number): Promise<void> {
  const directory = join(checkout, '.github/workflows');
  await mkdir(directory, { recursive: true });
  for (const name of workflowNames)
    await writeFile(join(directory, `${name}.yml`), stringify(workflow(name, books, stepSeconds)));
}

function workflow(name: (typeof workflowNames)[number], books: string, stepSeconds: number): object {
  const env = {
    SOAK_BOOKS: books,
    SOAK_PACE: String(stepSeconds),
    SOAK_RUN: expression('github.run_id'),
    SOAK_NUMBER: expression('github.run_number'),
    SOAK_ATTEMPT: expression('github.run_attempt'),
  };
  const head = { name, on: 'push', env };
  switch (name) {
    case 'matrix':
      return {
        ...head,
        jobs: {
          first: job('first'),
          legs: {
            ...job(expression("format('legs-{0}', matrix.leg)"), { needs: 'first' }),
            strategy: { 'fail-fast': false, matrix: { leg: [1, 2, 3] } },
          },
          last: job('last', { needs: ['first', 'legs'], if: expression('always()') }),
        },
      };
    case 'newest':
      return {
        ...head,
        concurrency: { group: expression('github.ref'), 'cancel-in-progress': true },
        jobs: { only: job('only', {}, { SOAK_GROUP: expression('github.ref_name') }) },
      };
    case 'queue':
      return {
        ...head,
        jobs: {
          before: job('before'),
          queued: job(
            'queued',
            { needs: 'before', concurrency: { group: 'one-after-the-other' } },
            { SOAK_GROUP: 'queue' },
          ),
        },
      };
    case 'repeated':
      return { ...head, env: { ...env, SLIPWAY_RERUN_LOST: 'true' }, jobs: { again: job('again') } };
  }
}

const expression = (text: string): string => `\${{ ${text} }}`;

/** Two steps, of which the second now and then fails, and one that runs always. */
function job(name: string, more: object = {}, env: Record<string, string> = {}): object {
  const steps = [1, 2, 3].map((step) => ({
    name: `Step ${step}`,
    run: script,
    env: { SOAK_STEP: String(step) },
    ...(step === 3 ? { if: expression('always()') } : {}),
  }));
  return { name, 'runs-on': 'ubuntu-latest', env: { SOAK_JOB: name, ...env }, steps, ...more };
}

/**
 * Takes the lock of its job, and of its concurrency group, which what the last step leaves running inherits: whoever
 * cannot have it was started while another that excludes it was still there.
 */
const script = `
book="$SOAK_BOOKS/book"
me="$SOAK_RUN $SOAK_ATTEMPT $SOAK_JOB $SOAK_STEP"
exec 9>>"$SOAK_BOOKS/$SOAK_RUN.$SOAK_JOB.lock"
flock --nonblock 9 || echo "$me overlap" >> "$book"
if [ -n "$SOAK_GROUP" ]; then
  exec 8>>"$SOAK_BOOKS/$SOAK_GROUP.group"
  flock --nonblock 8 || echo "$me group" >> "$book"
fi
echo "$me start" >> "$book"
if [ "$SOAK_STEP" = 3 ]; then
  sleep 900 &
  setsid sleep 900 &
  (setsid bash -c 'sleep 900 & exec sleep 900' &)
fi
if [ $(( SOAK_NUMBER % 5 )) = 0 ]; then trap '' TERM INT; fi
for i in 1 2 3; do echo "line $i of $me"; sleep "$SOAK_PACE"; done
if [ $(( SOAK_NUMBER % 4 )) = 0 ] && [ "$SOAK_STEP" = 2 ]; then echo "$me fail" >> "$book"; exit 3; fi
echo "$me end" >> "$book"
`;
