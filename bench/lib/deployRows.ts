import sql from 'sql-template-tag';
import type { Db, Tx } from '../../src/platform/db/database.ts';

/** Deploys as a few years leave them, spread over all environments: staging gets four times what production gets. */
export async function insertDeploys(db: Db, shas: readonly string[], count: number): Promise<void> {
  await db.transaction(async (tx) => {
    await insertDeployRows(tx, shas, count);
    await insertWhatBelongsToThem(tx);
  });
  await db.run(sql`vacuum analyze`);
}

async function insertDeployRows(db: Tx, shas: readonly string[], count: number): Promise<void> {
  await db.run(sql`
    create temporary table spread on commit drop as
    select e.id, e.config, row_number() over (order by e.id, copy) - 1 as slot, count(*) over () as slots
    from environments e, generate_series(1, case when e.name = 'staging' then 4 else 1 end) as copy`);
  await db.run(sql`
    with facts as (
      select i, s.id as environment_id, s.config,
        row_number() over (partition by s.id order by i) as number,
        (${shas}::text[])[1 + ((i - 1) * ${shas.length}::bigint / ${count})] as sha,
        now() - make_interval(secs => (${count} - i) * 600.0) as at,
        case when i % 29 = 0 then 'rollback' when i % 13 = 0 then 'redeploy' else 'deploy' end as kind,
        case when i % 11 = 0 then 'failed' when i % 17 = 0 then 'cancelled' when i % 23 = 0 then 'superseded'
             else 'succeeded' end as state,
        20 + (i * 7919) % 600 as seconds
      from generate_series(1, ${count}::bigint) as i
      join spread s on s.slot = (i * 2654435761 % 4294967296) % s.slots)
    insert into deploys (environment_id, number, kind, state, ref, sha, title, author, config, requested_by,
      requested_by_kind, requested_at, previous_sha, started_at, verifying_at, finished_at, result)
    select environment_id, number, kind, state, 'main', sha, 'Change ' || i, 'Ada ' || i % 12, config,
      'person' || i % 40, 'user', at, lag(sha) over (partition by environment_id order by i),
      case when state <> 'superseded' then at + interval '2 s' end,
      case when state = 'succeeded' then at + make_interval(secs => seconds) end,
      at + make_interval(secs => seconds + 3), 'as it went, in a few words'
    from facts order by i`);
}

async function insertWhatBelongsToThem(db: Tx): Promise<void> {
  await db.run(sql`
    insert into deploy_steps (deploy_id, position, name, state, started_at, finished_at, detail)
    select id, position, name, 'succeeded', started_at, finished_at, 'exit code 0 after 9.1 s'
    from deploys, unnest(array['Build', 'Migrate', 'Restart']) with ordinality as step(name, position)`);
  await db.run(sql`
    insert into events (at, kind, subject, actor, data)
    select d.requested_at, 'deploy.' || kind.name, a.name || '/' || e.name || '#' || d.number, d.requested_by,
      jsonb_build_object('sha', d.sha, 'ref', d.ref, 'kind', d.kind)
    from deploys d join environments e on e.id = d.environment_id join apps a on a.id = e.app_id,
      unnest(array['queued', 'running', 'verifying', 'succeeded']) as kind(name)
    order by d.id`);
  await db.run(sql`
    update environments e set
      last_number = (select max(number) from deploys where environment_id = e.id),
      live_deploy_id = (select id from deploys where environment_id = e.id and state = 'succeeded' order by id desc limit 1)`);
}
