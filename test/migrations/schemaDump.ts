import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ownSchemaFiles } from '../../src/platform/db/bootstrapOwnSchema.ts';
import { AppError } from '../../src/platform/errors.ts';
import { replay, withThrowAwayDatabase } from './replay.ts';

const usage = `npm run schema:dump -- [--check]

Replays all migrations on an empty database and writes schema.sql from what its catalog says then.
--check writes nothing, and fails when schema.sql is not what would be written.
`;

const { values } = parseArgs({
  options: { check: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
});

if (values.help) console.log(usage);
else process.exitCode = await run(values.check);

async function run(check: boolean): Promise<number> {
  const { snapshot, migrations } = ownSchemaFiles;
  try {
    const text = await withThrowAwayDatabase((db) => replay(db, migrations));
    const upToDate = text === (await readFile(snapshot, 'utf8').catch(() => ''));
    if (check && !upToDate) {
      console.error(
        'schema.sql is not what the migrations make. Run npm run schema:dump, and commit it with them',
      );
      return 1;
    }
    if (!upToDate) await writeFile(snapshot, text);
    console.log(`schema.sql ${upToDate ? 'is up to date' : 'written'}`);
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    console.error(error.message);
    return 1;
  }
}
