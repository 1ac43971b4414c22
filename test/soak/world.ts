import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { createRepository } from '../harness/git.ts';

/** Where a deploy of the soak goes. */
export interface Place {
  readonly app: string;
  readonly environment: string;
}

/** What exists outside of Slipway: a repository, a configuration, and the books in which steps write what they do. */
export interface World {
  readonly directory: string;
  readonly dataDir: string;
  readonly configFile: string;
  /** Steps write here, a book for each environment. Slipway knows nothing of it. */
  readonly books: string;
  readonly places: readonly Place[];
  readonly shas: readonly string[];
  remove(): Promise<void>;
}

/** Steps of a deploy. The second of every ninth number fails. */
export const stepCount = 2;
export const isMeantToFail = (number: number): boolean => number % 9 === 0;

const commitCount = 20;

export interface WorldOptions {
  readonly apps: number;
  readonly environments: readonly string[];
  /** Between two lines of a step, of which there are 1 to 14. */
  readonly lineSeconds: number;
}

export async function createWorld({ apps, environments, lineSeconds }: WorldOptions): Promise<World> {
  const directory = await mkdtemp(join(tmpdir(), 'slipway-soak-'));
  const books = join(directory, 'books');
  const configFile = join(directory, 'slipway.yml');
  await mkdir(books);
  const repository = await createRepository({ directory: join(directory, 'source.git') });
  const shas: string[] = [];
  for (let i = 0; i < commitCount; i += 1) shas.push(await repository.commit({ message: `Change ${i}` }));
  const names = Array.from({ length: apps }, (_, i) => `app-${i + 1}`);
  const env = { SOAK_BOOKS: books, SOAK_PACE: String(lineSeconds) };
  await writeFile(configFile, configuration(repository.directory, env, names, environments));
  return {
    directory,
    dataDir: join(directory, 'data'),
    configFile,
    books,
    places: names.flatMap((app) => environments.map((environment) => ({ app, environment }))),
    shas,
    remove: () => rm(directory, { recursive: true, force: true, maxRetries: 5 }),
  };
}

function configuration(
  url: string,
  env: Record<string, string>,
  apps: string[],
  environments: readonly string[],
): string {
  const app = {
    repository: 'source',
    team: 'soak',
    env,
    steps: Array.from({ length: stepCount }, (_, i) => ({
      name: `Step ${i + 1}`,
      run: script,
      env: { SOAK_STEP: String(i + 1) },
    })),
    environments: Object.fromEntries(environments.map((name) => [name, {}])),
  };
  return stringify({
    repositories: { source: { url, fetch_every: 1 } },
    apps: Object.fromEntries(apps.map((name) => [name, app])),
  });
}

/**
 * Takes the environment's own lock, which everything it leaves running inherits: whoever cannot have it was
 * started while another step, or something that an earlier one left behind, was still running.
 */
const script = `
book="$SOAK_BOOKS/$SLIPWAY_APP.$SLIPWAY_ENVIRONMENT"
me="$SLIPWAY_NUMBER $SOAK_STEP $SLIPWAY_SHA"
exec 9>>"$book.lock"
flock --nonblock 9 || echo "$me overlap" >> "$book"
echo "$me start" >> "$book"
[ "$(git rev-parse HEAD)" = "$SLIPWAY_SHA" ] || echo "$me wrong-checkout" >> "$book"
sleep 900 &
setsid sleep 900 &
(setsid bash -c 'sleep 900 & exec sleep 900' &)
if (( SLIPWAY_NUMBER % 13 == 0 )); then trap '' TERM; fi
count=$(( (SLIPWAY_NUMBER * 7 + SOAK_STEP * 5) % 14 + 1 ))
for (( i = 1; i <= count; i++ )); do echo "$SLIPWAY_NUMBER.$SOAK_STEP line $i of $count"; sleep "$SOAK_PACE"; done
if (( SLIPWAY_NUMBER % 9 == 0 && SOAK_STEP == 2 )); then echo "$me fail" >> "$book"; exit 3; fi
echo "$me end" >> "$book"
`;
