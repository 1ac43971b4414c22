-- Accounts, repositories, apps, deploys, locks: everything that shipping a commit needs.

-- ── Accounts ────────────────────────────────────────────────────────────────────────────────────

create table users (
  id            bigint generated always as identity primary key,
  username      text not null unique check (username ~ '^[a-z0-9][a-z0-9._-]{0,62}$'),
  email         text,
  name          text not null default '',
  role          text not null check (role in ('owner', 'admin', 'member', 'viewer')),
  password_hash text,
  disabled_at   timestamptz,
  created_at    timestamptz not null
);
create unique index users_email on users (lower(email)) where email is not null;

create table teams (
  id         bigint generated always as identity primary key,
  slug       text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name       text not null,
  created_at timestamptz not null
);

create table team_members (
  team_id bigint not null references teams on delete cascade,
  user_id bigint not null references users on delete cascade,
  primary key (team_id, user_id)
);
create index team_members_user on team_members (user_id);

create table sessions (
  id           bigint generated always as identity primary key,
  user_id      bigint not null references users on delete cascade,
  token_hash   text not null unique,
  ip           text not null,
  user_agent   text not null,
  created_at   timestamptz not null,
  last_used_at timestamptz not null,
  expires_at   timestamptz not null
);
create index sessions_user on sessions (user_id);

create table api_tokens (
  id           bigint generated always as identity primary key,
  user_id      bigint not null references users on delete cascade,
  name         text not null,
  token_hash   text not null unique,
  hint         text not null,
  scopes       text[] not null check (scopes <@ array['read', 'deploy', 'admin'] and cardinality(scopes) > 0),
  created_at   timestamptz not null,
  expires_at   timestamptz,
  last_used_at timestamptz,
  revoked_at   timestamptz
);
create unique index api_tokens_name on api_tokens (user_id, name) where revoked_at is null;

create table login_attempts (
  id       bigint generated always as identity primary key,
  username text not null,
  ip       text not null,
  at       timestamptz not null
);
create index login_attempts_username on login_attempts (username, at);
create index login_attempts_ip on login_attempts (ip, at);

create table audit_log (
  id         bigint generated always as identity primary key,
  at         timestamptz not null,
  actor_kind text not null,
  actor_id   bigint,
  actor_name text not null,
  ip         text,
  action     text not null,
  subject    text not null,
  details    jsonb not null default '{}'
);
create index audit_log_subject on audit_log (subject, id);
create index audit_log_actor on audit_log (actor_name, id);
create index audit_log_action on audit_log (action, id);

-- Named values that configuration refers to as ${secret:NAME}. Write-only through the API.
create table secrets (
  name       text primary key check (name ~ '^[a-z0-9][a-z0-9._-]{0,126}$'),
  sealed     text not null,
  updated_at timestamptz not null,
  updated_by text not null
);

-- ── Events ──────────────────────────────────────────────────────────────────────────────────────

-- What happened, in commit order (appendEvent holds an advisory lock until its transaction ends, so a
-- reader that has seen id n will never find a smaller one later).
create table events (
  id      bigint generated always as identity primary key,
  at      timestamptz not null,
  kind    text not null,
  subject text not null,
  actor   text not null,
  data    jsonb not null default '{}'
);
create index events_subject on events (subject, id);

create function notify_event() returns trigger language plpgsql as $$
begin
  perform pg_notify('slipway_events', '');
  return null;
end $$;
create trigger events_notify after insert on events for each statement execute function notify_event();

-- ── Repositories ────────────────────────────────────────────────────────────────────────────────

create table repositories (
  id                 bigint generated always as identity primary key,
  name               text not null unique,
  config             jsonb not null,
  default_branch     text,
  fetch_requested_at timestamptz,
  fetch_lease_until  timestamptz,
  fetch_started_at   timestamptz,
  fetch_finished_at  timestamptz,
  fetched_at         timestamptz,
  failing_since      timestamptz,
  failure_kind       text,
  failure_message    text,
  created_at         timestamptz not null,
  check ((failing_since is null) = (failure_message is null))
);

-- Results that CI reported for a commit. The newest row of a name counts.
create table checks (
  id            bigint generated always as identity primary key,
  repository_id bigint not null references repositories on delete cascade,
  sha           text not null,
  name          text not null,
  status        text not null check (status in ('queued', 'in_progress', 'completed')),
  conclusion    text check (conclusion in
                  ('success', 'failure', 'neutral', 'cancelled', 'skipped', 'timed_out', 'action_required')),
  url           text,
  summary       text not null default '',
  reported_at   timestamptz not null,
  check ((status = 'completed') = (conclusion is not null))
);
create index checks_commit on checks (repository_id, sha, name, id desc);

-- ── Apps ────────────────────────────────────────────────────────────────────────────────────────

create table apps (
  id            bigint generated always as identity primary key,
  name          text not null unique,
  repository_id bigint not null references repositories,
  team_id       bigint not null references teams,
  config        jsonb not null,
  created_at    timestamptz not null
);

create table environments (
  id             bigint generated always as identity primary key,
  app_id         bigint not null references apps,
  name           text not null,
  position       int not null,
  config         jsonb not null,
  last_number    int not null default 0,
  live_deploy_id bigint,
  removed_at     timestamptz,
  unique (app_id, name)
);

-- ── Runners ─────────────────────────────────────────────────────────────────────────────────────

create table runners (
  id           uuid primary key,
  host         text not null,
  pid          int not null,
  identity     jsonb not null,
  started_at   timestamptz not null,
  last_seen_at timestamptz not null,
  stopped_at   timestamptz
);

-- ── Deploys ─────────────────────────────────────────────────────────────────────────────────────

create table deploys (
  id                 bigint generated always as identity primary key,
  environment_id     bigint not null references environments,
  number             int not null,
  kind               text not null check (kind in ('deploy', 'redeploy', 'rollback')),
  state              text not null check (state in
                       ('queued', 'running', 'verifying', 'cancelling',
                        'succeeded', 'failed', 'cancelled', 'superseded')),
  ref                text not null,
  sha                text not null,
  title              text not null,
  author             text not null,
  config             jsonb not null,
  force_reason       text,
  requested_by       text not null,
  requested_by_kind  text not null,
  requested_by_id    bigint references users on delete set null,
  requested_at       timestamptz not null,
  notes              text[] not null default '{}',
  held_at            timestamptz,
  held_reason        text,
  previous_sha       text,
  started_at         timestamptz,
  verifying_at       timestamptz,
  cancel_requested_at timestamptz,
  cancel_requested_by text,
  finished_at        timestamptz,
  result             text,
  runner_id          uuid references runners,
  lease_token        uuid,
  lease_expires_at   timestamptz,
  unique (environment_id, number),
  check ((held_at is null) = (held_reason is null)),
  check ((state in ('succeeded', 'failed', 'cancelled', 'superseded')) = (finished_at is not null)),
  check (not (state in ('running', 'verifying', 'succeeded') and started_at is null)),
  check ((state in ('running', 'verifying', 'cancelling')) = (lease_token is not null))
);
-- One active deploy per environment: exclusivity is this index, not a count.
create unique index one_active_deploy_per_environment on deploys (environment_id)
  where state in ('running', 'verifying', 'cancelling');
create index deploys_queued on deploys (environment_id, id) where state = 'queued';
create index deploys_environment on deploys (environment_id, id desc);
create index deploys_state on deploys (state, id desc);
create index deploys_sha on deploys (sha text_pattern_ops, id desc);
create index deploys_requested_by on deploys (requested_by, id desc);
create index deploys_good on deploys (environment_id, id desc) where state = 'succeeded';
create index deploys_finished on deploys (finished_at) where finished_at is not null;
create index deploys_requested_at on deploys (requested_at);

alter table environments
  add foreign key (live_deploy_id) references deploys;

create table deploy_steps (
  deploy_id   bigint not null references deploys on delete cascade,
  position    int not null,
  name        text not null,
  state       text not null check (state in ('pending', 'running', 'succeeded', 'failed', 'cancelled', 'unknown', 'skipped')),
  started_at  timestamptz,
  finished_at timestamptz,
  detail      text,
  primary key (deploy_id, position)
);

create table locks (
  id             bigint generated always as identity primary key,
  app_id         bigint references apps on delete cascade,
  environment_id bigint references environments on delete cascade,
  reason         text not null check (btrim(reason) <> ''),
  created_by     text not null,
  created_at     timestamptz not null,
  expires_at     timestamptz,
  closed_at      timestamptz,
  closed_by      text,
  check (environment_id is null or app_id is not null),
  check ((closed_at is null) = (closed_by is null))
);
-- One open lock per scope.
create unique index one_open_lock_per_scope on locks (coalesce(app_id, 0), coalesce(environment_id, 0))
  where closed_at is null;

-- ── Idempotency ─────────────────────────────────────────────────────────────────────────────────

create table idempotency_keys (
  actor        text not null,
  key          text not null,
  fingerprint  text not null,
  status       int,
  body         jsonb,
  created_at   timestamptz not null,
  primary key (actor, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);
