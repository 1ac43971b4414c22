-- ── Triggers: what may start workflows ──────────────────────────────────────────────────────────

-- Branches and tags as triggers were last recorded for them: what differs from them is news, whoever finds it.
create table known_refs (
  repository_id bigint not null references repositories on delete cascade,
  ref           text not null,
  sha           text not null,
  primary key (repository_id, ref)
);

-- Null: nobody has looked at its refs yet; what is there at the first look is not news.
alter table repositories add column refs_known_at timestamptz;

create table triggers (
  id            bigint generated always as identity primary key,
  repository_id bigint not null references repositories on delete cascade,
  event         text not null,
  ref           text not null,
  sha           text not null,
  before        text,
  actor         text not null,
  source        text not null check (source in ('push', 'fetch', 'webhook', 'request', 'schedule')),
  -- As GitHub would send it; null: it is made of what git knows.
  payload       json,
  inputs        json not null default '{}',
  -- The only workflow that it is for; null: all.
  file          text,
  -- False: from a fork or an unknown author; its jobs get no secrets.
  trusted       boolean not null,
  -- Recorded once for each.
  key           text,
  created_at    timestamptz not null,
  attempts      int not null default 0,
  lease_until   timestamptz,
  planned_at    timestamptz,
  problem       text,
  unique (repository_id, key)
);
create index triggers_to_plan on triggers (id) where planned_at is null;
create index triggers_commit on triggers (repository_id, sha);

-- Workflows that a trigger did not start, and why.
create table unstarted_workflows (
  trigger_id bigint not null references triggers on delete cascade,
  file       text not null,
  name       text not null,
  reason     text not null,
  -- Its path filters excluded it: its checks are not needed.
  not_needed boolean not null,
  primary key (trigger_id, file)
);

create table schedules (
  repository_id bigint not null references repositories on delete cascade,
  file          text not null,
  cron          text not null,
  timezone      text not null default 'UTC',
  next_at       timestamptz not null,
  primary key (repository_id, file, cron, timezone)
);
create index schedules_due on schedules (next_at);

-- ── Runs ────────────────────────────────────────────────────────────────────────────────────────

create table workflow_numbers (
  repository_id bigint not null references repositories on delete cascade,
  file          text not null,
  last_number   int not null,
  primary key (repository_id, file)
);

create table workflow_runs (
  id                  bigint generated always as identity primary key,
  trigger_id          bigint not null references triggers on delete cascade,
  repository_id       bigint not null references repositories on delete cascade,
  file                text not null,
  number              int not null,
  attempt             int not null default 1,
  name                text not null,
  title               text not null,
  event               text not null,
  ref                 text not null,
  sha                 text not null,
  actor               text not null,
  trusted             boolean not null,
  -- pending: waits for its concurrency group.
  state               text not null check (state in ('pending', 'running', 'completed')),
  conclusion          text check (conclusion in ('success', 'failure', 'cancelled', 'skipped')),
  -- Why it could not be planned: nothing of it ran.
  -- json, not jsonb: texts of workflows may have a NUL in them.
  findings            json,
  plan                json,
  concurrency         json,
  cancel_requested_at timestamptz,
  cancel_requested_by text,
  cancel_reason       text,
  -- By key: calls that gave way to others, and why.
  cancelled_calls     json not null default '{}',
  -- Something happened that decides what comes next; the dispatcher looks, and takes it away.
  advance             boolean not null default false,
  created_at          timestamptz not null,
  started_at          timestamptz,
  finished_at         timestamptz,
  unique (trigger_id, file),
  unique (repository_id, file, number),
  check ((state = 'completed') = (conclusion is not null)),
  check ((state = 'completed') = (finished_at is not null))
);
create index workflow_runs_repository on workflow_runs (repository_id, id desc);
create index workflow_runs_commit on workflow_runs (repository_id, sha, id desc);
create index workflow_runs_to_advance on workflow_runs (id) where advance;
create index workflow_runs_open on workflow_runs (id) where state <> 'completed';

create table workflow_jobs (
  id                bigint generated always as identity primary key,
  run_id            bigint not null references workflow_runs on delete cascade,
  attempt           int not null,
  key               text not null,
  name              text not null,
  -- All that whoever runs it has to know; null for one that never may.
  spec              json,
  labels            text[] not null default '{}',
  -- pending: waits for its concurrency group; waiting: for the rules of its environment.
  state             text not null check (state in ('pending', 'waiting', 'queued', 'running', 'cancelling', 'completed')),
  conclusion        text check (conclusion in ('success', 'failure', 'cancelled', 'skipped')),
  -- Why it ended as it did, when no step says it; why it waits.
  reason            text,
  condition         text,
  -- Skipped because of what it needs, and not by its own condition.
  blocked           boolean not null default false,
  outputs           json not null default '{}',
  summary           text not null default '',
  permissions       jsonb not null default '{}',
  environment       text,
  environment_url   text,
  needs_approval    boolean not null default false,
  approved_at       timestamptz,
  approved_by       text,
  not_before        timestamptz,
  cancel_reason     text,
  -- From an earlier attempt, whose result it has.
  carried_from      bigint references workflow_jobs on delete set null,
  -- How often its runner vanished.
  losses            int not null default 0,
  runner_id         uuid references runners,
  runner_name       text,
  lease_token       uuid,
  lease_expires_at  timestamptz,
  token_hash        text unique,
  created_at        timestamptz not null,
  queued_at         timestamptz,
  started_at        timestamptz,
  finished_at       timestamptz,
  unique (run_id, attempt, key),
  check ((state in ('running', 'cancelling')) = (lease_token is not null)),
  check ((state = 'completed') = (conclusion is not null)),
  check ((state = 'completed') = (finished_at is not null))
);
create index workflow_jobs_queued on workflow_jobs (id) where state = 'queued';
create index workflow_jobs_leased on workflow_jobs (lease_expires_at) where state in ('running', 'cancelling');
create index workflow_jobs_runner on workflow_jobs (runner_id) where state in ('running', 'cancelling');
create index workflow_jobs_waiting on workflow_jobs (id) where state = 'waiting';

create table workflow_steps (
  job_id      bigint not null references workflow_jobs on delete cascade,
  number      int not null,
  name        text not null,
  phase       text not null check (phase in ('set-up', 'pre', 'main', 'post', 'tear-down')),
  state       text not null check (state in ('running', 'completed')),
  outcome     text check (outcome in ('success', 'failure', 'cancelled', 'skipped')),
  conclusion  text check (conclusion in ('success', 'failure', 'cancelled', 'skipped')),
  detail      text,
  condition   text,
  started_at  timestamptz not null,
  finished_at timestamptz,
  primary key (job_id, number),
  check ((state = 'completed') = (conclusion is not null))
);

create table workflow_annotations (
  job_id     bigint not null references workflow_jobs on delete cascade,
  number     int not null,
  step       int not null,
  level      text not null check (level in ('error', 'warning', 'notice')),
  message    text not null,
  title      text,
  path       text,
  line       int,
  end_line   int,
  "column"   int,
  end_column int,
  primary key (job_id, number)
);

-- Who has a group and who waits for it, in their order: a run (12), or a job or call of one (12/test). A row is its lock.
create table concurrency_groups (
  repository_id bigint not null references repositories on delete cascade,
  name          text not null,
  holder        text,
  waiting       text[] not null default '{}',
  -- Those that are among them.
  runs          bigint[] not null default '{}',
  primary key (repository_id, name)
);
create index concurrency_groups_runs on concurrency_groups using gin (runs);

-- ── Runners and checks learn of jobs ────────────────────────────────────────────────────────────

alter table runners
  -- What it takes: deploys or jobs.
  add column kind text not null default 'deploys',
  add column name text,
  add column labels text[] not null default '{}',
  add column capacity int,
  add column draining_at timestamptz;

alter table checks
  add column workflow text,
  -- The job that reports it.
  add column job_id bigint,
  add column run_id bigint,
  -- Whether it lets a commit out, where its conclusion does not say it: skipped because a need failed does not.
  add column passes boolean;
