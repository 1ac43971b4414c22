import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createTestApi, type TestApi } from '../../test/harness/api.ts';
import { watchDeclaredFiles } from './declaredFiles.ts';

let directory: string;
let test: TestApi;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slipway-declared-'));
  const environment = { SLIPWAY_FIXTURES: join(directory, 'fixtures.yml'), SLIPWAY_WATCH: 'true' };
  test = await createTestApi({ environment });
});
afterAll(async () => {
  await test.close();
  await rm(directory, { recursive: true });
});

const patience = { timeout: 60_000 };
const slugs = () => test.db.many(sql`select slug from teams`);

it('applies a changed file again after the first attempt failed', async () => {
  const warn = vi.spyOn(test.core.log, 'warn');
  await test.db.run(sql`
    create function fail() returns trigger language plpgsql as $$ begin raise 'struck by lightning'; end $$`);
  await test.db.run(sql`create trigger fail before insert on teams execute function fail()`);
  await writeFile(join(directory, 'fixtures.yml'), 'teams: [{ name: Later }]\n');
  const watching = watchDeclaredFiles(test.core);
  try {
    await vi.waitFor(() => expect(warn).toHaveBeenCalled(), patience);
    await test.db.run(sql`drop trigger fail on teams`);
    expect(await slugs()).toEqual([]);
    // Whatever happens in the directory makes it look again.
    await writeFile(join(directory, 'another file'), '');
    await vi.waitFor(async () => expect(await slugs()).toEqual([{ slug: 'later' }]), patience);
  } finally {
    await watching.close();
  }
});

it('says to who listens that a file has changed, and not which', async () => {
  const file = join(directory, 'fixtures.yml');
  const watching = watchDeclaredFiles({ ...test.core, settings: { ...test.core.settings, watch: false } });
  const events = () =>
    test.db.many(sql`select subject, data from events where kind = 'configuration.file_changed'`);
  try {
    // The first look is not a change; the event of each that follows is.
    await vi.waitFor(async () => {
      await writeFile(file, `teams: [{ name: Later }, { name: T${Date.now()} }]\n`);
      expect(await events()).toContainEqual({ subject: 'files', data: {} });
    }, patience);
  } finally {
    await watching.close();
  }
});
