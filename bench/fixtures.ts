import sql from 'sql-template-tag';
import { api } from '../src/contract/index.ts';
import { applyConfiguration, type Provisioning } from '../src/modules/provisioning/index.ts';
import { systemActor } from '../src/platform/actor.ts';
import { passwordHasher, secretBox, secretKeyFromEnvironment } from '../src/platform/crypto/index.ts';
import type { Db, Tx } from '../src/platform/db/database.ts';
import type { Bench, Measurement } from './lib/bench.ts';
import { timed } from './lib/clock.ts';
import { startPostgres } from './lib/postgres.ts';
import { type Scratch, withScratch } from './lib/scratch.ts';
import { startSlipway } from './lib/slipway.ts';

const teamCount = 200;
const projectsPerTeam = 50;
const projectCount = teamCount * projectsPerTeam;
const rounds = 5;
const prefix = 'https://errors.example.com';

/** A file for a large organization, applied on every start: it must not be felt. */
export const fixtures: Bench = {
  name: 'fixtures',
  about: `\`fixtures apply\` of ${projectCount} projects in ${teamCount} teams over HTTP, beside what writing or reading the same rows takes by itself`,
  run: () => withScratch(measure),
};

async function measure(scratch: Scratch): Promise<Measurement[]> {
  const { db, url } = await startPostgres(scratch);
  const slipway = await startSlipway(scratch, {
    dataDir: await scratch.directory(),
    environment: { DATABASE_URL: url, SLIPWAY_URL_PREFIX: prefix },
  });
  const body = { text: fixtureFile(), file: 'fixtures.yml' };
  const apply = () => slipway.client.call(api.applyConfiguration, { body });
  const times = { first: [] as number[], unchanged: [] as number[] };
  const floors = { write: [] as number[], oneByOne: [] as number[], read: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    await clear(db);
    floors.write.push((await timed(() => insertAtOnce(db))).ms);
    await clear(db);
    floors.oneByOne.push((await timed(() => insertOneByOne(db))).ms);
    await clear(db);
    times.first.push((await timed(apply)).ms);
    times.unchanged.push((await timed(apply)).ms);
    floors.read.push((await timed(() => readAll(db))).ms);
  }
  await clear(db);
  const trips = {
    first: await countStatements(db, body.text),
    unchanged: await countStatements(db, body.text),
  };
  return [
    {
      what: `first, ${trips.first} statements`,
      unit: 'ms',
      samples: times.first,
      floor: { what: 'the same rows in 4 statements', samples: floors.write },
      aim: { of: 'p50', limit: 5000 },
    },
    {
      what: 'first, against row by row',
      unit: 'ms',
      samples: times.first,
      floor: { what: `${teamCount + 2 * projectCount} statements`, samples: floors.oneByOne },
      aim: { of: 'ratio', limit: 1 },
    },
    {
      what: `unchanged, ${trips.unchanged} statements`,
      unit: 'ms',
      samples: times.unchanged,
      floor: { what: 'reading the same rows', samples: floors.read },
      aim: { of: 'p50', limit: 1000 },
    },
  ];
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const hex = (number: number) => number.toString(16).padStart(32, '0');
const projectName = (team: number, project: number) => `service-${team}-${project}`;

function fixtureFile(): string {
  const teams = numbers(teamCount).map((team) => {
    const projects = numbers(projectsPerTeam).map((project) => {
      const id = team * projectsPerTeam + project + 1;
      return `      ${projectName(team, project)}: https://${hex(id)}:${hex(id + projectCount)}@errors.example.com/${id}`;
    });
    return [`  - name: Team ${team}`, '    projects:', ...projects].join('\n');
  });
  return ['teams:', ...teams, ''].join('\n');
}

async function clear(db: Db): Promise<void> {
  await db.run(sql`delete from projects`);
  await db.run(sql`delete from teams`);
  await db.run(sql`vacuum analyze projects, project_keys, teams`);
}

/** The least that can be done: rows made by the database itself. */
async function insertAtOnce(db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.run(sql`insert into teams (slug, name, created_at)
      select 'team-' || n, 'Team ' || n, now() from generate_series(0, ${teamCount - 1}) n`);
    await tx.run(sql`insert into projects (public_id, slug, name, team_id, created_at)
      select n, 'p-' || n, 'p-' || n, t.id, now()
      from generate_series(1, ${projectCount}) n join teams t on t.slug = 'team-' || (n - 1) / ${projectsPerTeam}`);
    await tx.run(sql`insert into project_keys (project_id, public_key, sealed_secret, created_at)
      select id, md5(id::text), repeat('x', 90), now() from projects`);
    await tx.run(sql`select setval('project_public_ids', (select max(public_id) from projects))`);
  });
}

/** What a script does that asks for each row. */
async function insertOneByOne(db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    for (const team of numbers(teamCount)) await insertTeam(tx, team);
  });
}

async function insertTeam(tx: Tx, team: number): Promise<void> {
  const { id } = await tx.one<{ id: number }>(sql`insert into teams (slug, name, created_at)
    values (${`team-${team}`}, ${`Team ${team}`}, now()) returning id`);
  for (const index of numbers(projectsPerTeam)) {
    const name = projectName(team, index);
    const project = await tx.one<{
      id: number;
    }>(sql`insert into projects (public_id, slug, name, team_id, created_at)
      values (${team * projectsPerTeam + index + 1}, ${name}, ${name}, ${id}, now()) returning id`);
    await tx.run(sql`insert into project_keys (project_id, public_key, sealed_secret, created_at)
      values (${project.id}, ${hex(project.id)}, ${'x'.repeat(90)}, now())`);
  }
}

async function readAll(db: Db): Promise<void> {
  await db.many(sql`select * from teams order by id`);
  await db.many(sql`select * from projects order by id`);
  await db.many(sql`select * from project_keys order by id`);
}

/** How many statements one `apply` sends, with the two around its transaction. */
async function countStatements(db: Db, text: string): Promise<number> {
  let count = 2;
  const counted =
    <Args extends unknown[], Result>(send: (...args: Args) => Result) =>
    (...args: Args): Result => {
      count += 1;
      return send(...args);
    };
  const context: Provisioning = {
    db: {
      ...db,
      transaction: (work) =>
        db.transaction((tx) =>
          work({
            ...tx,
            run: counted(tx.run),
            many: counted(tx.many),
            maybe: counted(tx.maybe),
            one: counted(tx.one),
          } as Tx),
        ),
    },
    passwords: passwordHasher(),
    box: secretBox(secretKeyFromEnvironment(hex(1) + hex(1))),
    urlPrefix: prefix,
  };
  const file = { text, name: 'fixtures.yml', values: {}, prune: false, replace: false };
  await applyConfiguration(context, new Date(), systemActor, file);
  return count;
}
