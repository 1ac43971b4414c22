import { execFile } from 'node:child_process';
import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../harness/database.ts';
import { createGitClient } from '../harness/gitClient.ts';
import { createInstallation } from '../harness/installation.ts';
import { scoped } from '../harness/scoped.ts';

test('Slipway is killed between git and its database, and the push is found at the next start', async () => {
  const database = await scoped(createTestDatabase());
  const installation = await createInstallation();
  await scoped(Promise.resolve({ [Symbol.asyncDispose]: installation.close }));
  const up = () => installation.up({ env: { DATABASE_URL: database.url } });
  await up();
  await installation.apply({ repositories: { tools: {} } });

  const me = await scoped(createGitClient());
  const url = async () =>
    `${(await installation.url()).replace('://', `://me:${await installation.token()}@`)}/git/tools.git`;
  await me.must('.', 'init', '--quiet', '--initial-branch=main');
  await me.must('.', 'commit', '--quiet', '--allow-empty', '-m', 'One');
  const told = await me.git('.', 'push', await url(), 'main');
  expect(told.ok, told.stderr).toBe(true);
  expect(told.stderr).toMatch(/remote: Slipway: http/);

  const triggers = () => database.db.many(sql`select ref, actor from triggers order by id`);
  expect(await triggers()).toEqual([{ ref: 'refs/heads/main', actor: 'me (local)' }]);

  await me.must('.', 'commit', '--quiet', '--allow-empty', '-m', 'Two');
  const sha = await me.must('.', 'rev-parse', 'HEAD');
  const pushing = await whileNobodyRecords(async () => {
    const push = me.git('.', 'push', await url(), 'main:second');
    await expect.poll(() => hostedBranch('second')).toBe(sha);
    await installation.kill();
    return push;
  });
  expect(pushing.ok).toBe(false);
  expect(await triggers()).toHaveLength(1);

  await up();
  await expect.poll(triggers).toEqual([
    { ref: 'refs/heads/main', actor: 'me (local)' },
    { ref: 'refs/heads/second', actor: 'slipway' },
  ]);

  /** As when the database takes its time: the row that whoever records must lock is held. */
  async function whileNobodyRecords<Value>(work: () => Promise<Value>): Promise<Value> {
    return database.db.transaction(async (tx) => {
      await tx.run(sql`select 1 from repositories for update`);
      return work();
    });
  }

  async function hostedBranch(name: string): Promise<string> {
    const { id } = await database.db.one<{ id: number }>(sql`select id from repositories`);
    return new Promise((resolve) => {
      const directory = `${installation.dataDir}/mirrors/${id}.git`;
      execFile('git', ['-C', directory, 'rev-parse', '--verify', '-q', name], (_error, stdout) =>
        resolve(stdout.trim()),
      );
    });
  }
});
