-- Slipway's schema after 0017_heeded_branches.sql, with the rows that migrations left.
-- Written by `npm run schema:dump` from a replay of all migrations: do not edit it.
-- Loads into an empty database, in one transaction: psql -1 -f schema.sql
set local standard_conforming_strings = on;
set local check_function_bodies = off;
set local timezone = 'UTC';
set local datestyle = 'ISO, YMD';
set local intervalstyle = 'postgres';

CREATE FUNCTION notify_event()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_notify('slipway_events', '');
  return null;
end $function$;

create sequence project_public_ids as bigint;

create table announced_pushes (
  repository_id bigint not null,
  ref text not null,
  sha text not null,
  actor text not null,
  announced_at timestamp with time zone not null,
  constraint announced_pushes_pkey PRIMARY KEY (repository_id, ref, sha)
);

create table api_tokens (
  id bigint not null generated always as identity,
  user_id bigint not null,
  name text not null,
  token_hash text not null,
  hint text not null,
  scopes text[] not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint api_tokens_pkey PRIMARY KEY (id),
  constraint api_tokens_token_hash_key UNIQUE (token_hash),
  constraint api_tokens_scopes_check CHECK (((scopes <@ ARRAY['read'::text, 'deploy'::text, 'admin'::text]) AND (cardinality(scopes) > 0)))
);

create table apps (
  id bigint not null generated always as identity,
  name text not null,
  repository_id bigint not null,
  team_id bigint not null,
  config jsonb not null,
  created_at timestamp with time zone not null,
  constraint apps_pkey PRIMARY KEY (id),
  constraint apps_name_key UNIQUE (name)
);

create table audit_log (
  id bigint not null generated always as identity,
  at timestamp with time zone not null,
  actor_kind text not null,
  actor_id bigint,
  actor_name text not null,
  ip text,
  action text not null,
  subject text not null,
  details jsonb not null default '{}'::jsonb,
  constraint audit_log_pkey PRIMARY KEY (id)
);

create table changes (
  repository_id bigint not null,
  number integer not null,
  open boolean not null,
  updated_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  constraint changes_pkey PRIMARY KEY (repository_id, number),
  constraint changes_check CHECK ((open = (closed_at IS NULL)))
);

create table checks (
  id bigint not null generated always as identity,
  repository_id bigint not null,
  sha text not null,
  name text not null,
  status text not null,
  conclusion text,
  url text,
  summary text not null default ''::text,
  reported_at timestamp with time zone not null,
  workflow text,
  job_id bigint,
  run_id bigint,
  passes boolean,
  constraint checks_pkey PRIMARY KEY (id),
  constraint checks_check CHECK (((status = 'completed'::text) = (conclusion IS NOT NULL))),
  constraint checks_conclusion_check CHECK ((conclusion = ANY (ARRAY['success'::text, 'failure'::text, 'neutral'::text, 'cancelled'::text, 'skipped'::text, 'timed_out'::text, 'action_required'::text]))),
  constraint checks_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'in_progress'::text, 'completed'::text])))
);

create table ci_environment_reviewers (
  environment_id bigint not null,
  team_id bigint not null,
  constraint ci_environment_reviewers_pkey PRIMARY KEY (environment_id, team_id)
);

create table ci_environments (
  id bigint not null generated always as identity,
  repository_id bigint not null,
  name text not null,
  wait_minutes integer not null default 0,
  approval text not null default 'none'::text,
  branches text[] not null default '{}'::text[],
  updated_at timestamp with time zone not null,
  updated_by text not null,
  prevent_self_review boolean not null default false,
  constraint ci_environments_pkey PRIMARY KEY (id),
  constraint ci_environments_id_repository_id_key UNIQUE (id, repository_id),
  constraint ci_environments_approval_check CHECK ((approval = ANY (ARRAY['none'::text, 'deployers'::text, 'teams'::text]))),
  constraint ci_environments_name_check CHECK (((btrim(name) <> ''::text) AND (length(name) <= 255))),
  constraint ci_environments_wait_minutes_check CHECK (((wait_minutes >= 0) AND (wait_minutes <= 43200)))
);

create table concurrency_groups (
  repository_id bigint not null,
  name text not null,
  holder text,
  waiting text[] not null default '{}'::text[],
  runs bigint[] not null default '{}'::bigint[],
  constraint concurrency_groups_pkey PRIMARY KEY (repository_id, name)
);

create table deleted_repositories (
  id bigint not null,
  name text not null,
  deleted_at timestamp with time zone not null,
  run_ids bigint[] not null,
  job_ids bigint[] not null,
  constraint deleted_repositories_pkey PRIMARY KEY (id)
);

create table deploy_steps (
  deploy_id bigint not null,
  "position" integer not null,
  name text not null,
  state text not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  detail text,
  constraint deploy_steps_pkey PRIMARY KEY (deploy_id, "position"),
  constraint deploy_steps_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'running'::text, 'succeeded'::text, 'failed'::text, 'cancelled'::text, 'unknown'::text, 'skipped'::text])))
);

create table deploy_watchers (
  deploy_id bigint not null,
  name text not null,
  since timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  constraint deploy_watchers_pkey PRIMARY KEY (deploy_id, name),
  constraint deploy_watchers_name_check CHECK ((length(name) <= 200))
);

create table deploys (
  id bigint not null generated always as identity,
  environment_id bigint not null,
  number integer not null,
  kind text not null,
  state text not null,
  ref text not null,
  sha text not null,
  title text not null,
  author text not null,
  config jsonb not null,
  force_reason text,
  requested_by text not null,
  requested_by_kind text not null,
  requested_by_id bigint,
  requested_at timestamp with time zone not null,
  notes text[] not null default '{}'::text[],
  held_at timestamp with time zone,
  held_reason text,
  previous_sha text,
  started_at timestamp with time zone,
  verifying_at timestamp with time zone,
  cancel_requested_at timestamp with time zone,
  cancel_requested_by text,
  finished_at timestamp with time zone,
  result text,
  runner_id uuid,
  lease_token uuid,
  lease_expires_at timestamp with time zone,
  committed_at timestamp with time zone,
  constraint deploys_pkey PRIMARY KEY (id),
  constraint deploys_environment_id_number_key UNIQUE (environment_id, number),
  constraint deploys_check CHECK (((held_at IS NULL) = (held_reason IS NULL))),
  constraint deploys_check1 CHECK (((state = ANY (ARRAY['succeeded'::text, 'failed'::text, 'cancelled'::text, 'superseded'::text])) = (finished_at IS NOT NULL))),
  constraint deploys_check2 CHECK ((NOT ((state = ANY (ARRAY['running'::text, 'verifying'::text, 'succeeded'::text])) AND (started_at IS NULL)))),
  constraint deploys_check3 CHECK (((state = ANY (ARRAY['running'::text, 'verifying'::text, 'cancelling'::text])) = (lease_token IS NOT NULL))),
  constraint deploys_kind_check CHECK ((kind = ANY (ARRAY['deploy'::text, 'redeploy'::text, 'rollback'::text]))),
  constraint deploys_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'verifying'::text, 'cancelling'::text, 'succeeded'::text, 'failed'::text, 'cancelled'::text, 'superseded'::text])))
);

create table environments (
  id bigint not null generated always as identity,
  app_id bigint not null,
  name text not null,
  "position" integer not null,
  config jsonb not null,
  last_number integer not null default 0,
  live_deploy_id bigint,
  removed_at timestamp with time zone,
  constraint environments_pkey PRIMARY KEY (id),
  constraint environments_app_id_name_key UNIQUE (app_id, name)
);

create table events (
  id bigint not null generated always as identity,
  at timestamp with time zone not null,
  kind text not null,
  subject text not null,
  actor text not null,
  data jsonb not null default '{}'::jsonb,
  constraint events_pkey PRIMARY KEY (id)
);

create table idempotency_keys (
  actor text not null,
  key text not null,
  fingerprint text not null,
  status integer,
  body jsonb,
  created_at timestamp with time zone not null,
  constraint idempotency_keys_pkey PRIMARY KEY (actor, key)
);

create table known_refs (
  repository_id bigint not null,
  ref text not null,
  sha text not null,
  constraint known_refs_pkey PRIMARY KEY (repository_id, ref)
);

create table locks (
  id bigint not null generated always as identity,
  app_id bigint,
  environment_id bigint,
  reason text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  closed_at timestamp with time zone,
  closed_by text,
  constraint locks_pkey PRIMARY KEY (id),
  constraint locks_check CHECK (((environment_id IS NULL) OR (app_id IS NOT NULL))),
  constraint locks_check1 CHECK (((closed_at IS NULL) = (closed_by IS NULL))),
  constraint locks_reason_check CHECK ((btrim(reason) <> ''::text))
);

create table login_attempts (
  id bigint not null generated always as identity,
  username text not null,
  ip text not null,
  at timestamp with time zone not null,
  constraint login_attempts_pkey PRIMARY KEY (id)
);

create table project_keys (
  id bigint not null generated always as identity,
  project_id bigint not null,
  label text not null default ''::text,
  public_key text not null,
  sealed_secret text,
  state text not null default 'active'::text,
  created_at timestamp with time zone not null,
  retiring_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint project_keys_pkey PRIMARY KEY (id),
  constraint project_keys_public_key UNIQUE (public_key) DEFERRABLE,
  constraint project_keys_check CHECK (((state = 'revoked'::text) = (revoked_at IS NOT NULL))),
  constraint project_keys_label_check CHECK ((length(label) <= 200)),
  constraint project_keys_public_key_check CHECK ((public_key ~ '^[A-Za-z0-9_]{1,64}$'::text)),
  constraint project_keys_state_check CHECK ((state = ANY (ARRAY['active'::text, 'retiring'::text, 'revoked'::text])))
);

create table projects (
  id bigint not null generated always as identity,
  public_id bigint not null default nextval('project_public_ids'::regclass),
  slug text not null,
  name text not null,
  team_id bigint not null,
  platform text,
  fixture text,
  created_at timestamp with time zone not null,
  constraint projects_pkey PRIMARY KEY (id),
  constraint projects_name UNIQUE (name) DEFERRABLE,
  constraint projects_public_id UNIQUE (public_id) DEFERRABLE,
  constraint projects_slug UNIQUE (slug) DEFERRABLE,
  constraint projects_name_check CHECK (((btrim(name) <> ''::text) AND (length(name) <= 200))),
  constraint projects_public_id_check CHECK ((public_id > 0)),
  constraint projects_slug_check CHECK ((slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'::text))
);

create table repositories (
  id bigint not null generated always as identity,
  name text not null,
  config jsonb not null,
  default_branch text,
  fetch_requested_at timestamp with time zone,
  fetch_lease_until timestamp with time zone,
  fetch_started_at timestamp with time zone,
  fetch_finished_at timestamp with time zone,
  fetched_at timestamp with time zone,
  failing_since timestamp with time zone,
  failure_kind text,
  failure_message text,
  created_at timestamp with time zone not null,
  refs_known_at timestamp with time zone,
  run_events text[] not null default '{}'::text[],
  heeded_sha text,
  constraint repositories_pkey PRIMARY KEY (id),
  constraint repositories_name_key UNIQUE (name),
  constraint repositories_check CHECK (((failing_since IS NULL) = (failure_message IS NULL)))
);

create table revoked_keys (
  public_key text not null,
  revoked_at timestamp with time zone not null,
  constraint revoked_keys_pkey PRIMARY KEY (public_key),
  constraint revoked_keys_public_key_check CHECK ((public_key ~ '^[A-Za-z0-9_]{1,64}$'::text))
);

create table runner_tokens (
  id bigint not null generated always as identity,
  name text not null,
  token_hash text not null,
  hint text not null,
  labels text[],
  repositories bigint[],
  created_at timestamp with time zone not null,
  created_by text not null,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint runner_tokens_pkey PRIMARY KEY (id),
  constraint runner_tokens_token_hash_key UNIQUE (token_hash)
);

create table runners (
  id uuid not null,
  host text not null,
  pid integer not null,
  identity jsonb not null,
  started_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  stopped_at timestamp with time zone,
  kind text not null default 'deploys'::text,
  name text,
  labels text[] not null default '{}'::text[],
  capacity integer,
  draining_at timestamp with time zone,
  token_id bigint,
  address text,
  constraint runners_pkey PRIMARY KEY (id)
);

create table schedules (
  repository_id bigint not null,
  file text not null,
  cron text not null,
  timezone text not null default 'UTC'::text,
  next_at timestamp with time zone not null,
  constraint schedules_pkey PRIMARY KEY (repository_id, file, cron, timezone)
);

create table schema_migrations (
  version integer not null,
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migrations_pkey PRIMARY KEY (version)
);

create table secrets (
  name text not null,
  sealed text not null,
  updated_at timestamp with time zone not null,
  updated_by text not null,
  constraint secrets_pkey PRIMARY KEY (name),
  constraint secrets_name_check CHECK ((name ~ '^[a-z0-9][a-z0-9._-]{0,126}$'::text))
);

create table sessions (
  id bigint not null generated always as identity,
  user_id bigint not null,
  token_hash text not null,
  ip text not null,
  user_agent text not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint sessions_pkey PRIMARY KEY (id),
  constraint sessions_token_hash_key UNIQUE (token_hash)
);

create table team_members (
  team_id bigint not null,
  user_id bigint not null,
  constraint team_members_pkey PRIMARY KEY (team_id, user_id)
);

create table teams (
  id bigint not null generated always as identity,
  slug text not null,
  name text not null,
  created_at timestamp with time zone not null,
  fixture text,
  constraint teams_pkey PRIMARY KEY (id),
  constraint teams_name UNIQUE (name) DEFERRABLE,
  constraint teams_slug UNIQUE (slug) DEFERRABLE,
  constraint teams_slug_check CHECK ((slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'::text))
);

create table triggers (
  id bigint not null generated always as identity,
  repository_id bigint not null,
  event text not null,
  ref text not null,
  sha text not null,
  before text,
  actor text not null,
  source text not null,
  payload json,
  inputs json not null default '{}'::json,
  file text,
  trusted boolean not null,
  key text,
  created_at timestamp with time zone not null,
  attempts integer not null default 0,
  lease_until timestamp with time zone,
  planned_at timestamp with time zone,
  problem text,
  code_sha text,
  depth integer not null default 0,
  constraint triggers_pkey PRIMARY KEY (id),
  constraint triggers_repository_id_key_key UNIQUE (repository_id, key),
  constraint triggers_source_check CHECK ((source = ANY (ARRAY['push'::text, 'fetch'::text, 'webhook'::text, 'request'::text, 'schedule'::text, 'run'::text])))
);

create table unstarted_workflows (
  trigger_id bigint not null,
  file text not null,
  name text not null,
  reason text not null,
  not_needed boolean not null,
  constraint unstarted_workflows_pkey PRIMARY KEY (trigger_id, file)
);

create table users (
  id bigint not null generated always as identity,
  username text not null,
  email text,
  name text not null default ''::text,
  role text not null,
  password_hash text,
  disabled_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint users_pkey PRIMARY KEY (id),
  constraint users_username_key UNIQUE (username),
  constraint users_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'member'::text, 'viewer'::text]))),
  constraint users_username_check CHECK ((username ~ '^[a-z0-9][a-z0-9._-]{0,62}$'::text))
);

create table webhook_deliveries (
  id bigint not null generated always as identity,
  repository_id bigint not null,
  provider text not null,
  delivery text not null,
  event text not null,
  content_type text not null,
  body bytea,
  size_bytes integer not null,
  digest text not null,
  received_at timestamp with time zone not null,
  attempts integer not null default 0,
  lease_until timestamp with time zone,
  processed_at timestamp with time zone,
  outcome text,
  detail text,
  constraint webhook_deliveries_pkey PRIMARY KEY (id),
  constraint webhook_deliveries_repository_id_provider_delivery_key UNIQUE (repository_id, provider, delivery),
  constraint webhook_deliveries_check CHECK (((processed_at IS NULL) = (outcome IS NULL))),
  constraint webhook_deliveries_delivery_check CHECK ((length(delivery) <= 200)),
  constraint webhook_deliveries_event_check CHECK ((length(event) <= 100)),
  constraint webhook_deliveries_outcome_check CHECK ((outcome = ANY (ARRAY['accepted'::text, 'ignored'::text, 'failed'::text]))),
  constraint webhook_deliveries_provider_check CHECK ((provider = ANY (ARRAY['github'::text, 'gitlab'::text, 'gitea'::text])))
);

create table webhook_secrets (
  id bigint not null generated always as identity,
  repository_id bigint not null,
  sealed text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  constraint webhook_secrets_pkey PRIMARY KEY (id)
);

create table webhooks (
  repository_id bigint not null,
  created_at timestamp with time zone not null,
  created_by text not null,
  refused_at timestamp with time zone,
  constraint webhooks_pkey PRIMARY KEY (repository_id)
);

create table workflow_annotations (
  job_id bigint not null,
  number integer not null,
  step integer not null,
  level text not null,
  message text not null,
  title text,
  path text,
  line integer,
  end_line integer,
  "column" integer,
  end_column integer,
  constraint workflow_annotations_pkey PRIMARY KEY (job_id, number),
  constraint workflow_annotations_level_check CHECK ((level = ANY (ARRAY['error'::text, 'warning'::text, 'notice'::text])))
);

create table workflow_jobs (
  id bigint not null generated always as identity,
  run_id bigint not null,
  attempt integer not null,
  key text not null,
  name text not null,
  spec json,
  labels text[] not null default '{}'::text[],
  state text not null,
  conclusion text,
  reason text,
  condition text,
  blocked boolean not null default false,
  outputs json not null default '{}'::json,
  summary text not null default ''::text,
  permissions jsonb not null default '{}'::jsonb,
  environment text,
  environment_url text,
  needs_approval boolean not null default false,
  approved_at timestamp with time zone,
  approved_by text,
  not_before timestamp with time zone,
  cancel_reason text,
  carried_from bigint,
  losses integer not null default 0,
  runner_id uuid,
  runner_name text,
  lease_token uuid,
  lease_expires_at timestamp with time zone,
  token_hash text,
  created_at timestamp with time zone not null,
  queued_at timestamp with time zone,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  failure text,
  tests json,
  constraint workflow_jobs_pkey PRIMARY KEY (id),
  constraint workflow_jobs_run_id_attempt_key_key UNIQUE (run_id, attempt, key),
  constraint workflow_jobs_token_hash_key UNIQUE (token_hash),
  constraint workflow_jobs_check CHECK (((state = ANY (ARRAY['running'::text, 'cancelling'::text])) = (lease_token IS NOT NULL))),
  constraint workflow_jobs_check1 CHECK (((state = 'completed'::text) = (conclusion IS NOT NULL))),
  constraint workflow_jobs_check2 CHECK (((state = 'completed'::text) = (finished_at IS NOT NULL))),
  constraint workflow_jobs_conclusion_check CHECK ((conclusion = ANY (ARRAY['success'::text, 'failure'::text, 'cancelled'::text, 'skipped'::text]))),
  constraint workflow_jobs_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'waiting'::text, 'queued'::text, 'running'::text, 'cancelling'::text, 'completed'::text])))
);

create table workflow_numbers (
  repository_id bigint not null,
  file text not null,
  last_number integer not null,
  constraint workflow_numbers_pkey PRIMARY KEY (repository_id, file)
);

create table workflow_runs (
  id bigint not null generated always as identity,
  trigger_id bigint not null,
  repository_id bigint not null,
  file text not null,
  number integer not null,
  attempt integer not null default 1,
  name text not null,
  title text not null,
  event text not null,
  ref text not null,
  sha text not null,
  actor text not null,
  trusted boolean not null,
  state text not null,
  conclusion text,
  findings json,
  plan json,
  concurrency json,
  cancel_requested_at timestamp with time zone,
  cancel_requested_by text,
  cancel_reason text,
  cancelled_calls json not null default '{}'::json,
  advance boolean not null default false,
  created_at timestamp with time zone not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  code_sha text,
  rerun_by text,
  constraint workflow_runs_pkey PRIMARY KEY (id),
  constraint workflow_runs_repository_id_file_number_key UNIQUE (repository_id, file, number),
  constraint workflow_runs_trigger_id_file_key UNIQUE (trigger_id, file),
  constraint workflow_runs_check CHECK (((state = 'completed'::text) = (conclusion IS NOT NULL))),
  constraint workflow_runs_check1 CHECK (((state = 'completed'::text) = (finished_at IS NOT NULL))),
  constraint workflow_runs_conclusion_check CHECK ((conclusion = ANY (ARRAY['success'::text, 'failure'::text, 'cancelled'::text, 'skipped'::text]))),
  constraint workflow_runs_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'running'::text, 'completed'::text])))
);

create table workflow_steps (
  job_id bigint not null,
  number integer not null,
  name text not null,
  phase text not null,
  state text not null,
  outcome text,
  conclusion text,
  detail text,
  condition text,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  constraint workflow_steps_pkey PRIMARY KEY (job_id, number),
  constraint workflow_steps_check CHECK (((state = 'completed'::text) = (conclusion IS NOT NULL))),
  constraint workflow_steps_conclusion_check CHECK ((conclusion = ANY (ARRAY['success'::text, 'failure'::text, 'cancelled'::text, 'skipped'::text]))),
  constraint workflow_steps_outcome_check CHECK ((outcome = ANY (ARRAY['success'::text, 'failure'::text, 'cancelled'::text, 'skipped'::text]))),
  constraint workflow_steps_phase_check CHECK ((phase = ANY (ARRAY['set-up'::text, 'pre'::text, 'main'::text, 'post'::text, 'tear-down'::text]))),
  constraint workflow_steps_state_check CHECK ((state = ANY (ARRAY['running'::text, 'completed'::text])))
);

create table workflow_tests (
  job_id bigint not null,
  number integer not null,
  key text not null,
  suite text not null,
  name text not null,
  file text,
  line integer,
  state text not null,
  message text,
  seconds double precision,
  constraint workflow_tests_pkey PRIMARY KEY (job_id, number),
  constraint workflow_tests_job_id_key_key UNIQUE (job_id, key),
  constraint workflow_tests_state_check CHECK ((state = ANY (ARRAY['passed'::text, 'failed'::text, 'error'::text, 'skipped'::text])))
);

create table workflow_values (
  id bigint not null generated always as identity,
  kind text not null,
  repository_id bigint,
  environment_id bigint,
  name text not null,
  content text not null,
  updated_at timestamp with time zone not null,
  updated_by text not null,
  constraint workflow_values_pkey PRIMARY KEY (id),
  constraint workflow_values_name UNIQUE NULLS NOT DISTINCT (repository_id, environment_id, kind, name),
  constraint workflow_values_check CHECK (((kind <> 'secret'::text) OR (content ~ '^v[0-9]+\.'::text))),
  constraint workflow_values_check1 CHECK (((environment_id IS NULL) OR (repository_id IS NOT NULL))),
  constraint workflow_values_kind_check CHECK ((kind = ANY (ARRAY['secret'::text, 'variable'::text]))),
  constraint workflow_values_name_check CHECK (((name ~ '^[A-Z_][A-Z0-9_]*$'::text) AND (length(name) <= 255)))
);

insert into schema_migrations (version, name, checksum) values ('1', '0001_foundation.sql', '3c6a51c0aa13b3ef5e0543110c645d7b3779c1996d2273972613ab41b491c3b7');
insert into schema_migrations (version, name, checksum) values ('2', '0002_newest_of_an_environment.sql', '18c21507ccc08aabc91ea9525eb16fa788595ae9c5b0edb3a901a3df538cb8f5');
insert into schema_migrations (version, name, checksum) values ('3', '0003_events_by_age.sql', '82312458b75addab4114fd6c821f964aba9f1860b4b88af8d7429c56495c53c0');
insert into schema_migrations (version, name, checksum) values ('4', '0004_projects_and_keys.sql', '753313160794096491d4f981f1367e54986004328197751ed3d8befd3d724931');
insert into schema_migrations (version, name, checksum) values ('5', '0005_commit_of_a_deploy.sql', '9dab1a46ca6fd6592550c0f908e760b9177149b26807c0ff2ac4ab4277ee9eb5');
insert into schema_migrations (version, name, checksum) values ('6', '0006_watchers.sql', '6a4c24e8b8c451b6f3e600b47fd75728bad9c60da4ee9a5f3926e50621ddbc83');
insert into schema_migrations (version, name, checksum) values ('7', '0007_revoked_keys.sql', 'ba95a48372d5e3adae33a1f6bd8a06f56e7d1cb564f2934a0651e8e95b568cdb');
insert into schema_migrations (version, name, checksum) values ('8', '0008_workflow_runs.sql', '70796712000a7bfa16b4403c284341ece167ec6c9204117cdacd41641ae1ab0f');
insert into schema_migrations (version, name, checksum) values ('9', '0009_workflow_secrets.sql', '1e4b1f713ca804b9b1edf2f060315ea66433743c67f160b99684ffa561a695d6');
insert into schema_migrations (version, name, checksum) values ('10', '0010_webhooks.sql', '4d7ceb97f5439d185248322a9cf41c1fa6cf154bee188623b6c8997fe20a72f0');
insert into schema_migrations (version, name, checksum) values ('11', '0011_diagnosis.sql', '3b0c2da78691d690b51fc991b6d34007ed2f7bb88ecf03b3525de47aec759ccf');
insert into schema_migrations (version, name, checksum) values ('12', '0012_remote_runners.sql', '8b833307caed2dac246a19eda98cfee456b88ac75346aee28744f5e819698e37');
insert into schema_migrations (version, name, checksum) values ('13', '0013_retention.sql', '053a2a3dbe69a7f20193ecf4caf9ac25fdf760dae5a9401e75f7847d0846ced9');
insert into schema_migrations (version, name, checksum) values ('14', '0014_other_events.sql', 'a4fda75c237ad50fdf5b086c5a62e7b01db4779c641b749f1ff6df4da7cef36b');
insert into schema_migrations (version, name, checksum) values ('15', '0015_self_review.sql', '286b789ddcc1748fb8a6be8f0ab79748268e22352b864e8c755b8ceb645563c3');
insert into schema_migrations (version, name, checksum) values ('16', '0016_deleted_repositories.sql', '0a6cdc7b59a7e51e2257b593ae112a011d48a0e3028ae0efa580c05af5f88972');
insert into schema_migrations (version, name, checksum) values ('17', '0017_heeded_branches.sql', '71583d46e852ce68164ea08f808f179dde38a4d1d69c929f7ed01f339bb88725');

CREATE INDEX announced_pushes_age ON announced_pushes USING btree (announced_at);
CREATE UNIQUE INDEX api_tokens_name ON api_tokens USING btree (user_id, name) WHERE (revoked_at IS NULL);
CREATE INDEX audit_log_action ON audit_log USING btree (action, id);
CREATE INDEX audit_log_actor ON audit_log USING btree (actor_name, id);
CREATE INDEX audit_log_subject ON audit_log USING btree (subject, id);
CREATE INDEX changes_closed ON changes USING btree (closed_at) WHERE (NOT open);
CREATE INDEX checks_commit ON checks USING btree (repository_id, sha, name, id DESC);
CREATE INDEX ci_environment_reviewers_team ON ci_environment_reviewers USING btree (team_id);
CREATE UNIQUE INDEX ci_environments_name ON ci_environments USING btree (repository_id, lower(name));
CREATE INDEX concurrency_groups_runs ON concurrency_groups USING gin (runs);
CREATE INDEX deploys_attempted ON deploys USING btree (environment_id, started_at DESC, id DESC) WHERE (started_at IS NOT NULL);
CREATE INDEX deploys_environment ON deploys USING btree (environment_id, id DESC);
CREATE INDEX deploys_finished ON deploys USING btree (finished_at) WHERE (finished_at IS NOT NULL);
CREATE INDEX deploys_good ON deploys USING btree (environment_id, id DESC) WHERE (state = 'succeeded'::text);
CREATE INDEX deploys_queued ON deploys USING btree (environment_id, id) WHERE (state = 'queued'::text);
CREATE INDEX deploys_released ON deploys USING btree (environment_id, finished_at DESC, id DESC) WHERE (state = 'succeeded'::text);
CREATE INDEX deploys_requested_at ON deploys USING btree (requested_at);
CREATE INDEX deploys_requested_by ON deploys USING btree (requested_by, id DESC);
CREATE INDEX deploys_sha ON deploys USING btree (sha text_pattern_ops, id DESC);
CREATE INDEX deploys_state ON deploys USING btree (state, id DESC);
CREATE INDEX events_at ON events USING btree (at);
CREATE INDEX events_subject ON events USING btree (subject, id);
CREATE INDEX idempotency_keys_age ON idempotency_keys USING btree (created_at);
CREATE INDEX login_attempts_ip ON login_attempts USING btree (ip, at);
CREATE INDEX login_attempts_username ON login_attempts USING btree (username, at);
CREATE UNIQUE INDEX one_active_deploy_per_environment ON deploys USING btree (environment_id) WHERE (state = ANY (ARRAY['running'::text, 'verifying'::text, 'cancelling'::text]));
CREATE UNIQUE INDEX one_newest_webhook_secret ON webhook_secrets USING btree (repository_id) WHERE (expires_at IS NULL);
CREATE UNIQUE INDEX one_open_lock_per_scope ON locks USING btree (COALESCE(app_id, (0)::bigint), COALESCE(environment_id, (0)::bigint)) WHERE (closed_at IS NULL);
CREATE INDEX project_keys_project ON project_keys USING btree (project_id, id);
CREATE INDEX projects_team ON projects USING btree (team_id);
CREATE UNIQUE INDEX runner_tokens_name ON runner_tokens USING btree (name) WHERE (revoked_at IS NULL);
CREATE INDEX schedules_due ON schedules USING btree (next_at);
CREATE INDEX sessions_user ON sessions USING btree (user_id);
CREATE INDEX team_members_user ON team_members USING btree (user_id);
CREATE INDEX triggers_commit ON triggers USING btree (repository_id, sha);
CREATE INDEX triggers_planned ON triggers USING btree (planned_at) WHERE (planned_at IS NOT NULL);
CREATE INDEX triggers_to_plan ON triggers USING btree (id) WHERE (planned_at IS NULL);
CREATE UNIQUE INDEX users_email ON users USING btree (lower(email)) WHERE (email IS NOT NULL);
CREATE INDEX webhook_deliveries_age ON webhook_deliveries USING btree (received_at);
CREATE INDEX webhook_deliveries_newest ON webhook_deliveries USING btree (repository_id, id DESC);
CREATE INDEX webhook_deliveries_to_process ON webhook_deliveries USING btree (id) WHERE (processed_at IS NULL);
CREATE INDEX webhook_secrets_repository ON webhook_secrets USING btree (repository_id);
CREATE INDEX workflow_jobs_carried ON workflow_jobs USING btree (carried_from) WHERE (carried_from IS NOT NULL);
CREATE INDEX workflow_jobs_leased ON workflow_jobs USING btree (lease_expires_at) WHERE (state = ANY (ARRAY['running'::text, 'cancelling'::text]));
CREATE INDEX workflow_jobs_queued ON workflow_jobs USING btree (id) WHERE (state = 'queued'::text);
CREATE INDEX workflow_jobs_runner ON workflow_jobs USING btree (runner_id) WHERE (state = ANY (ARRAY['running'::text, 'cancelling'::text]));
CREATE INDEX workflow_jobs_waiting ON workflow_jobs USING btree (id) WHERE (state = 'waiting'::text);
CREATE INDEX workflow_runs_commit ON workflow_runs USING btree (repository_id, sha, id DESC);
CREATE INDEX workflow_runs_finished ON workflow_runs USING btree (finished_at) WHERE (state = 'completed'::text);
CREATE INDEX workflow_runs_open ON workflow_runs USING btree (id) WHERE (state <> 'completed'::text);
CREATE INDEX workflow_runs_repository ON workflow_runs USING btree (repository_id, id DESC);
CREATE INDEX workflow_runs_to_advance ON workflow_runs USING btree (id) WHERE advance;
CREATE INDEX workflow_tests_key ON workflow_tests USING btree (key, job_id);
CREATE INDEX workflow_values_environment ON workflow_values USING btree (environment_id);

alter table announced_pushes add constraint announced_pushes_repository_id_fkey FOREIGN KEY (repository_id) REFERENCES repositories(id) ON DELETE CASCADE;
alter table api_tokens add constraint api_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;
alter table apps add constraint apps_repository_id_fkey FOREIGN KEY (repository_id) REFERENCES repositories(id);
alter table apps add constraint apps_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams(id);
alter table changes add constraint changes_repository_id_fkey FOREIGN KEY (repository_id) REFERENCES repositories(id) ON DELETE CASCADE;
alter table checks add constraint checks_repository_id_fkey FOREIGN KEY (repository_id) REFERENCES repositories(id) ON DELETE CASCADE;
alter table ci_environment_reviewers add constraint ci_environment_reviewers_environment_id_fkey FOREIGN KEY (environment_id) REFERENCES ci_environments(id) ON DELETE CASCADE;
alter table ci_environment_reviewers add constraint ci_environment_reviewers_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams(id) ON DELETE CASCADE;
alter table ci_environments add constraint ci_environments_repository_id_fkey FOREIGN KEY (repository_id) REFERENCES repositories(id) ON DELETE CASCADE;
alter table concurrency_groups add constraint concurrency_groups_repository_id_fkey FOREIGN KEY (repository_id) REFERENCES repositories(id) ON DELETE CASCADE;
alter table deploy_steps add constraint deploy_steps_deploy_id_fkey FOREIGN KEY (deploy_id) REFERENCES deploys(id) ON DELETE CASCADE;
alter table deploy_watchers add constraint deploy_watchers_deploy_id_fkey FOREIGN KEY (deploy_id) REFERENCES deploys(id) ON DELETE CASCADE;
alter table deploys add constraint deploys_environment_id_fkey FOREIGN KEY (environment_id) REFERENCES environments(id);
alter table deploys add constraint deploys_requested_by_id_fkey FOREIGN KEY (requested_by_id) REFERENCES users(id) ON DELETE SET NULL;
alter table deploys add constraint deploys_runner_id_fkey FOREIGN KEY (runner_id) REFERENCES runners(id);
alter table environments add constraint environments_app_id_fkey FOREIGN KEY (app_id) REFERENCES apps(id);
alter table environments add constraint environments_live_deploy_id_fkey FOREIGN KEY (live_deploy_id) REFERENCES deploys(id);
alter table known_refs add constraint known_refs_repository_id_fkey FOREIGN KEY (repository_id) REFERENCES repositories(id) ON DELETE CASCADE;
alter table locks add constraint locks_app_id_fkey FOREIGN KEY (app_id) REFERENCES apps(id) ON DELETE CASCADE;
alter table locks add constraint locks_environment_id_fkey FOREIGN KEY (environment_id) REFERENCES environments(id) ON DELETE CASCADE;
alter table project_keys add constraint project_keys_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(id) ON DELETE CASCADE;
alter table projects add constraint projects_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams(id);
alter table runners add constraint runners_token_id_fkey FOREIGN KEY (token_id) REFERENCES runner_tokens(id);
alter table schedules add constraint schedules_repository_id_fkey FOREIGN KEY (repository_id) REFERENCES repositories(id) ON DELETE CASCADE;
alter table sessions add constraint sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;
alter table team_members add constraint team_members_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams(id) ON DELETE CASCADE;
alter table team_members add constraint team_members_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;
alter table triggers add constraint triggers_repository_id_fkey FOREIGN KEY (repository_id) REFERENCES repositories(id) ON DELETE CASCADE;
alter table unstarted_workflows add constraint unstarted_workflows_trigger_id_fkey FOREIGN KEY (trigger_id) REFERENCES triggers(id) ON DELETE CASCADE;
alter table webhook_deliveries add constraint webhook_deliveries_repository_id_fkey FOREIGN KEY (repository_id) REFERENCES repositories(id) ON DELETE CASCADE;
alter table webhook_secrets add constraint webhook_secrets_repository_id_fkey FOREIGN KEY (repository_id) REFERENCES webhooks(repository_id) ON DELETE CASCADE;
alter table webhooks add constraint webhooks_repository_id_fkey FOREIGN KEY (repository_id) REFERENCES repositories(id) ON DELETE CASCADE;
alter table workflow_annotations add constraint workflow_annotations_job_id_fkey FOREIGN KEY (job_id) REFERENCES workflow_jobs(id) ON DELETE CASCADE;
alter table workflow_jobs add constraint workflow_jobs_carried_from_fkey FOREIGN KEY (carried_from) REFERENCES workflow_jobs(id) ON DELETE SET NULL;
alter table workflow_jobs add constraint workflow_jobs_run_id_fkey FOREIGN KEY (run_id) REFERENCES workflow_runs(id) ON DELETE CASCADE;
alter table workflow_jobs add constraint workflow_jobs_runner_id_fkey FOREIGN KEY (runner_id) REFERENCES runners(id);
alter table workflow_numbers add constraint workflow_numbers_repository_id_fkey FOREIGN KEY (repository_id) REFERENCES repositories(id) ON DELETE CASCADE;
alter table workflow_runs add constraint workflow_runs_repository_id_fkey FOREIGN KEY (repository_id) REFERENCES repositories(id) ON DELETE CASCADE;
alter table workflow_runs add constraint workflow_runs_trigger_id_fkey FOREIGN KEY (trigger_id) REFERENCES triggers(id) ON DELETE CASCADE;
alter table workflow_steps add constraint workflow_steps_job_id_fkey FOREIGN KEY (job_id) REFERENCES workflow_jobs(id) ON DELETE CASCADE;
alter table workflow_tests add constraint workflow_tests_job_id_fkey FOREIGN KEY (job_id) REFERENCES workflow_jobs(id) ON DELETE CASCADE;
alter table workflow_values add constraint workflow_values_environment_id_repository_id_fkey FOREIGN KEY (environment_id, repository_id) REFERENCES ci_environments(id, repository_id) ON DELETE CASCADE;
alter table workflow_values add constraint workflow_values_repository_id_fkey FOREIGN KEY (repository_id) REFERENCES repositories(id) ON DELETE CASCADE;

CREATE TRIGGER events_notify AFTER INSERT ON events FOR EACH STATEMENT EXECUTE FUNCTION notify_event();
