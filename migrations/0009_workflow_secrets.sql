-- Environments that jobs of workflows name, with the rules of each. One that nobody declared has none.
create table ci_environments (
  id            bigint generated always as identity primary key,
  repository_id bigint not null references repositories on delete cascade,
  name          text not null check (btrim(name) <> '' and length(name) <= 255),
  wait_minutes  int not null default 0 check (wait_minutes between 0 and 43200),
  -- deployers: whoever may deploy what is built from the repository; teams: the reviewers below, and admins.
  approval      text not null default 'none' check (approval in ('none', 'deployers', 'teams')),
  -- Globs of the branches whose jobs may use it; none: all.
  branches      text[] not null default '{}',
  updated_at    timestamptz not null,
  updated_by    text not null,
  unique (id, repository_id)
);
create unique index ci_environments_name on ci_environments (repository_id, lower(name));

-- A team that is deleted leaves its environments to the other reviewers, or to admins: never to more people.
create table ci_environment_reviewers (
  environment_id bigint not null references ci_environments on delete cascade,
  team_id        bigint not null references teams on delete cascade,
  primary key (environment_id, team_id)
);
create index ci_environment_reviewers_team on ci_environment_reviewers (team_id);

-- Secrets and variables of workflows: of the organization (no repository), of a repository, or of an environment.
create table workflow_values (
  id             bigint generated always as identity primary key,
  kind           text not null check (kind in ('secret', 'variable')),
  repository_id  bigint references repositories on delete cascade,
  environment_id bigint,
  name           text not null check (name ~ '^[A-Z_][A-Z0-9_]*$' and length(name) <= 255),
  -- A secret is sealed; a variable is as it was given.
  content        text not null check (kind <> 'secret' or content ~ '^v[0-9]+\.'),
  updated_at     timestamptz not null,
  updated_by     text not null,
  check (environment_id is null or repository_id is not null),
  foreign key (environment_id, repository_id) references ci_environments (id, repository_id) on delete cascade,
  constraint workflow_values_name unique nulls not distinct (repository_id, environment_id, kind, name)
);
create index workflow_values_environment on workflow_values (environment_id);
