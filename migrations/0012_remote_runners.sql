-- ── Runners on other machines ───────────────────────────────────────────────────────────────────

-- By which they come in: it opens what runners ask for, and nothing else.
create table runner_tokens (
  id           bigint generated always as identity primary key,
  name         text not null,
  token_hash   text not null unique,
  hint         text not null,
  -- The labels that its runners may have; null: any.
  labels       text[],
  -- The repositories whose jobs they get; null: all.
  repositories bigint[],
  created_at   timestamptz not null,
  created_by   text not null,
  last_used_at timestamptz,
  revoked_at   timestamptz
);
create unique index runner_tokens_name on runner_tokens (name) where revoked_at is null;

-- blocks: the runners of a few days are few rows
alter table runners
  -- Null: a runner on the database itself.
  add column token_id bigint references runner_tokens,
  -- Of its last contact over HTTP.
  add column address text;
