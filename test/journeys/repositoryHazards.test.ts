import { rename } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Change } from '../../src/contract/deploys.ts';
import { api } from '../../src/contract/index.ts';
import { runGit } from '../../src/platform/git/index.ts';
import { createRepository } from '../harness/git.ts';
import { scoped } from '../harness/scoped.ts';
import { createShip, eventually, refusal, type Ship } from '../harness/ship.ts';

let ship: Ship;
beforeAll(async () => {
  ship = await createShip();
});
afterAll(() => ship.close());

const staging = { app: 'harbor', environment: 'staging' };

/** Declares an app `other` of a repository at `url`. */
async function declareOther(url: string, name = 'other'): Promise<void> {
  const app = {
    repository: name,
    team: 'web',
    steps: [{ name: 'Release', run: 'echo done' }],
    environments: { staging: {} },
  };
  const text = stringify({ repositories: { [name]: { url, fetch_every: 0 } }, apps: { [name]: app } });
  await ship.client.call(api.applyConfiguration, { body: { text } });
}

const showRepository = (repository: string) =>
  ship.client.call(api.showRepository, { params: { repository } });

/** All that asks for a commit of a repository, each as a call. */
function questionsTo(app: string, ref?: string): Record<string, () => Promise<unknown>> {
  const params = { app, environment: 'staging' };
  const query = ref === undefined ? {} : { ref };
  return {
    preview: () => ship.client.call(api.preview, { params, query }),
    changes: () => ship.client.call(api.listChanges, { params, query }),
    deploy: () => ship.client.call(api.requestDeploy, { params, body: query }),
    commits: () => ship.client.call(api.listCommits, { params: { repository: app }, query }),
  };
}

test('a commit that a force-push took away still ships where it was shipped before; an unknown one is told plainly', async () => {
  const base = await ship.push('Base');
  const dropped = await ship.push('Dropped');
  const first = await ship.ship('staging');
  await ship.repository.branch('main', base);
  const rewritten = await ship.push('Rewritten');
  await ship.ship('staging');
  // As thorough as a clean-up can be.
  const { id } = await ship.api.core.db.one<{ id: number }>(
    sql`select id from repositories where name = 'harbor'`,
  );
  await runGit(['gc', '--quiet', '--prune=now'], { gitDir: ship.api.core.paths.mirror(id) });

  const again = await ship.until(await ship.redeploy(first), 'succeeded');
  expect(again.sha).toBe(dropped);
  expect(
    (await ship.until(await ship.deploy('staging', dropped.slice(0, 10), { force: 'again' }), 'succeeded'))
      .sha,
  ).toBe(dropped);
  const back = await ship.client.call(api.preview, { params: staging, query: { ref: rewritten } });
  expect(back.changes).toMatchObject({ relation: 'diverged', out: 1, away: 1 });

  const unknown = ship.deploy('staging', 'deadbeef'.repeat(5));
  await expect(unknown).rejects.toThrow(/harbor: .*deadbeef/);
  expect(await refusal(ship.deploy('staging', 'deadbeef'.repeat(5)))).toBe('invalid_input');
});

test('an empty repository answers every question plainly, and works once something is pushed', async () => {
  const empty = await scoped(createRepository());
  await declareOther(empty.directory, 'empty');
  await eventually('it is fetched', async () => (await showRepository('empty')).state === 'ok');
  for (const [name, ask] of Object.entries(questionsTo('empty'))) {
    await expect(ask(), name).rejects.toThrow(/no default (ref|branch).* name a ref|default branch/);
    expect(['invalid_input', 'conflict'], name).toContain(await refusal(ask()));
  }
  for (const [name, ask] of Object.entries(questionsTo('empty', 'main'))) {
    expect(await refusal(ask()), name).toBe('invalid_input');
  }
  const refs = await ship.client.call(api.listRefs, { params: { repository: 'empty' }, query: {} });
  expect(refs).toEqual({ items: [], total: 0 });

  const sha = await empty.commit({ message: 'The first' });
  await ship.client.call(api.fetchRepository, { params: { repository: 'empty' } });
  await eventually(
    'it has a default branch',
    async () => (await showRepository('empty')).default_branch !== null,
  );
  const preview = await ship.client.call(api.preview, {
    params: { app: 'empty', environment: 'staging' },
    query: {},
  });
  expect(preview.changes).toMatchObject({ relation: 'initial', candidate: { sha } });
});

test('a repository that cannot be fetched says why and since when, and recovers by itself', async () => {
  const source = await scoped(createRepository());
  await source.commit({ message: 'There' });
  const elsewhere = join(ship.scratch, 'moved.git');
  await rename(source.directory, elsewhere);
  await declareOther(source.directory, 'lost');
  await eventually('it fails', async () => (await showRepository('lost')).state === 'failing');
  const failing = await showRepository('lost');
  expect(failing.failing).toMatchObject({ kind: expect.stringMatching(/not_found|not_a_repository/) });
  expect(failing.failing?.message).toContain(source.directory);
  for (const [name, ask] of Object.entries(questionsTo('lost', 'main'))) {
    await expect(ask(), name).rejects.toThrow(/repository lost was never fetched: cannot fetch/);
  }
  const fetchAgain = async () => {
    const asked = await ship.client.call(api.fetchRepository, { params: { repository: 'lost' } });
    await eventually('it was tried again', async () => {
      const { fetch_finished_at: finished, state } = await showRepository('lost');
      return state !== 'fetching' && (finished ?? '') >= (asked.fetch_requested_at ?? '~');
    });
  };
  await fetchAgain();
  expect((await showRepository('lost')).failing?.since).toBe(failing.failing?.since);
  await rename(elsewhere, source.directory);
  await fetchAgain();
  expect(await showRepository('lost')).toMatchObject({ state: 'ok', failing: null, default_branch: 'main' });
});

test('cloning happens in no request: a server that never answers keeps nobody waiting', async () => {
  const sockets = new Set<Socket>();
  const silent = createServer((socket) => sockets.add(socket));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => silent.close(resolve));
  };
  await scoped(Promise.resolve({ [Symbol.asyncDispose]: close }));
  await declareOther(`http://127.0.0.1:${(silent.address() as AddressInfo).port}/never.git`, 'silent');
  await ship.client.call(api.fetchRepository, { params: { repository: 'silent' } });
  await eventually('it is being fetched', () => sockets.size > 0);
  for (const [name, ask] of Object.entries(questionsTo('silent', 'main'))) {
    await expect(ask(), name).rejects.toThrow(
      'repository silent was never fetched: its first fetch is still under way',
    );
  }
  expect((await showRepository('silent')).state).toBe('fetching');
  // Others are not kept waiting either.
  await ship.ship('staging', await ship.push('Meanwhile'));
});

test('names and messages in any encoding come through', async () => {
  const latin = Buffer.from('Gr\xfc\xdfe aus K\xf6ln', 'latin1');
  const broken = Buffer.from([0x41, 0xff, 0xfe, 0x42]);
  const odd = Buffer.from('caf\xe9 \n"quoted"\\.txt', 'latin1');
  await ship.ship('staging', await ship.push('Before'));
  await ship.repository.commit({
    message: latin,
    encoding: 'ISO-8859-1',
    author: { name: latin, email: 'k@example.com' },
  });
  await ship.repository.commit({
    message: broken,
    files: [
      [odd, 'x'],
      [Buffer.from('日本.txt'), 'y'],
    ],
  });
  await ship.repository.commit({ message: 'Emoji 🚢\n\nand a body\u2028with separators' });
  await ship.fetch();
  const changes = await ship.client.call(api.listChanges, { params: staging, query: {} });
  const subjects = changes.items.map(({ subject }) => subject);
  expect(subjects).toEqual(['Emoji 🚢', expect.stringMatching(/^A.+B$/), 'Grüße aus Köln']);
  expect(changes.items.at(-1)?.author_name).toBe('Grüße aus Köln');
  const commits = await ship.client.call(api.listCommits, {
    params: { repository: 'harbor' },
    query: { limit: 3 },
  });
  expect(commits.items.map(({ subject }) => subject)).toEqual(subjects);
  const params = { repository: 'harbor', sha: commits.items[1]?.sha ?? '' };
  const { files } = await ship.client.call(api.showCommit, { params });
  expect(files).toContain('日本.txt');
  expect(files?.find((name) => name.startsWith('caf'))).toMatch(/^caf. \n"quoted"\\\.txt$/u);
  const deploy = await ship.ship('staging', commits.items[1]?.sha);
  expect(deploy.title).toMatch(/^A.+B$/);
});

test('thousands of commits by pages: forward, backward for a rollback, and diverged', async () => {
  const count = 5000;
  const base = await ship.push('Where it begins');
  await ship.ship('production');
  const tip = await grow(count, base);
  await ship.fetch();
  const forward = await allChanges(tip);
  expect(forward.map(({ direction }) => direction)).toEqual(Array(count).fill('out'));
  expect(new Set(forward.map(({ sha }) => sha)).size).toBe(count);
  expect([forward[0]?.subject, forward.at(-1)?.subject]).toEqual([`Growth ${count}`, 'Growth 1']);

  await ship.ship('production', tip);
  const preview = await ship.client.call(api.preview, {
    params: { app: 'harbor', environment: 'production' },
    query: { ref: base },
  });
  expect(preview).toMatchObject({
    nothing_to_deploy: false,
    changes: { relation: 'backward', out: 0, away: count },
  });
  const backward = await allChanges(base);
  expect(backward.map(({ direction }) => direction)).toEqual(Array(count).fill('away'));
  const rolledBack = await ship.until(await ship.rollback('production', base), 'succeeded');
  const taken = await ship.client.call(api.deployChanges, {
    params: { app: 'harbor', environment: 'production', number: rolledBack.number },
    query: { limit: 200 },
  });
  expect(taken).toMatchObject({ relation: 'backward', away: count });

  await ship.ship('production', tip);
  const aside = await ship.push('Aside', { branch: 'aside' });
  const diverged = await allChanges(aside);
  expect(diverged.filter(({ direction }) => direction === 'away').length).toBeGreaterThanOrEqual(count);
  expect(diverged.filter(({ direction }) => direction === 'out').map(({ subject }) => subject)).toContain(
    'Aside',
  );
});

/** Adds many commits to main in one go. */
async function grow(count: number, base: string): Promise<string> {
  const commits = Array.from({ length: count }, (_, index) => {
    const message = `Growth ${index + 1}`;
    const from = index === 0 ? `from ${base}\n` : '';
    const who = `Ada <ada@example.com> ${1_800_000_000 + index} +0000`;
    return `commit refs/heads/main\nauthor ${who}\ncommitter ${who}\ndata ${message.length}\n${message}\n${from}\n`;
  });
  await ship.repository.fastImport(commits.join(''));
  return ship.repository.git('rev-parse', 'main');
}

async function allChanges(ref: string): Promise<Change[]> {
  const params = { app: 'harbor', environment: 'production' };
  const all: Change[] = [];
  let cursor: string | undefined;
  do {
    const query = { ref, limit: 200, ...(cursor === undefined ? {} : { cursor }) };
    const page = await ship.client.call(api.listChanges, { params, query });
    all.push(...page.items);
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}
