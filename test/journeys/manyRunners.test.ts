import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { api } from '../../src/contract/index.ts';
import { startDispatcher } from '../../src/services/dispatcher.ts';
import { createTestApi } from '../harness/api.ts';
import { createRepository } from '../harness/git.ts';
import { startRunnerProcess } from '../harness/runnerProcess.ts';
import { scoped } from '../harness/scoped.ts';
import { eventually } from '../harness/ship.ts';

const apps = ['one', 'two', 'three', 'four', 'five'];
const environments = ['staging', 'production'];
const deploysEach = 20;

const script = `
book="$BOOKS/$SLIPWAY_APP.$SLIPWAY_ENVIRONMENT"
exec 9>>"$book.lock"
flock --nonblock 9 || echo overlap >> "$book"
echo "$SLIPWAY_NUMBER $SLIPWAY_SHA" >> "$book"
`;

test('three runners and two dispatchers at once: 200 deploys over 10 environments, each once and in order', async () => {
  const server = await scoped(createTestApi());
  const repository = await scoped(createRepository());
  const books = await mkdtemp(join(tmpdir(), 'slipway-books-'));
  await scoped(Promise.resolve({ [Symbol.asyncDispose]: () => rm(books, { recursive: true }) }));
  const shas = [await repository.commit(), await repository.commit(), await repository.commit()];
  const app = {
    repository: 'source',
    team: 'web',
    env: { BOOKS: books },
    steps: [{ name: 'Release', run: script }],
    environments: Object.fromEntries(environments.map((name) => [name, {}])),
  };
  const text = stringify({
    repositories: { source: { url: repository.directory, fetch_every: 0 } },
    apps: Object.fromEntries(apps.map((name) => [name, app])),
  });
  await server.machine.call(api.applyConfiguration, { body: { text } });
  for (let i = 0; i < 2; i += 1) {
    const dispatcher = startDispatcher(server.core);
    await scoped(Promise.resolve({ [Symbol.asyncDispose]: () => dispatcher.close() }));
  }
  const params = { repository: 'source' };
  await eventually('the repository is fetched', async () => {
    return (await server.machine.call(api.showRepository, { params })).state === 'ok';
  });

  const places = apps.flatMap((name) => environments.map((environment) => ({ app: name, environment })));
  const expected = new Map<string, string[]>(
    places.map((place) => [`${place.app}.${place.environment}`, []]),
  );
  async function queueAll(place: (typeof places)[number]): Promise<void> {
    for (let i = 0; i < deploysEach; i += 1) {
      const body = { ref: shas[i % shas.length] ?? '', force: { reason: 'many' } };
      const { number, sha } = await server.machine.call(api.requestDeploy, { params: place, body });
      expected.get(`${place.app}.${place.environment}`)?.push(`${number} ${sha}`);
    }
  }
  await Promise.all(places.map(queueAll));
  await Promise.all([1, 2, 3].map(() => scoped(startRunnerProcess(server))));

  await eventually(
    'all have ended',
    async () => {
      const query = { state: 'queued,active', limit: 1 };
      return (await server.machine.call(api.listDeploys, { query })).items.length === 0;
    },
    150_000,
  );
  for (const [place, lines] of expected) {
    expect((await readFile(join(books, place), 'utf8')).trimEnd().split('\n'), place).toEqual(lines);
  }
  const { items } = await server.machine.call(api.listDeploys, { query: { state: 'succeeded', limit: 200 } });
  expect(items).toHaveLength(apps.length * environments.length * deploysEach);
});
