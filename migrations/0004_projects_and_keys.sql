-- Projects receive errors; their keys are what a DSN is made of.

-- Fixtures find a team by its name, so two teams cannot share one.
update teams t set name = t.name || ' (' || t.slug || ')'
where exists (select 1 from teams o where o.name = t.name and o.id < t.id);
alter table teams
  add column fixture text,
  add constraint teams_name unique (name) deferrable;
-- The slugs of two teams may change places in one statement.
alter table teams
  drop constraint teams_slug_key,
  add constraint teams_slug unique (slug) deferrable;

-- `public_id` stands in DSNs and may be changed by a fixture; whatever belongs to a project refers to `id`, which
-- never changes. Deferrable: two projects may change names or ids in one statement.
create sequence project_public_ids as bigint;
create table projects (
  id         bigint generated always as identity primary key,
  public_id  bigint not null default nextval('project_public_ids') check (public_id > 0),
  slug       text not null check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name       text not null check (btrim(name) <> '' and length(name) <= 200),
  team_id    bigint not null references teams,
  platform   text,
  fixture    text,
  created_at timestamptz not null,
  constraint projects_public_id unique (public_id) deferrable,
  constraint projects_slug unique (slug) deferrable,
  constraint projects_name unique (name) deferrable
);
create index projects_team on projects (team_id);

-- A retiring key is still accepted; a revoked one never again. Keys without a secret come from fixtures.
create table project_keys (
  id            bigint generated always as identity primary key,
  project_id    bigint not null references projects on delete cascade,
  label         text not null default '' check (length(label) <= 200),
  public_key    text not null check (public_key ~ '^[A-Za-z0-9_]{1,64}$'),
  sealed_secret text,
  state         text not null default 'active' check (state in ('active', 'retiring', 'revoked')),
  created_at    timestamptz not null,
  retiring_at   timestamptz,
  revoked_at    timestamptz,
  constraint project_keys_public_key unique (public_key) deferrable,
  check ((state = 'revoked') = (revoked_at is not null))
);
create index project_keys_project on project_keys (project_id, id);
