-- What GitHub, GitLab and Gitea say of a repository: signed, stored once, and acted on by the dispatcher.

-- A repository that takes deliveries.
create table webhooks (
  repository_id bigint primary key references repositories on delete cascade,
  created_at    timestamptz not null,
  created_by    text not null,
  -- When somebody last sent what none of the secrets had signed.
  refused_at    timestamptz
);

-- The newest has no end; those before it are accepted until theirs.
create table webhook_secrets (
  id            bigint generated always as identity primary key,
  repository_id bigint not null references webhooks on delete cascade,
  sealed        text not null,
  created_at    timestamptz not null,
  expires_at    timestamptz
);
create unique index one_newest_webhook_secret on webhook_secrets (repository_id) where expires_at is null;
create index webhook_secrets_repository on webhook_secrets (repository_id);

create table webhook_deliveries (
  id            bigint generated always as identity primary key,
  repository_id bigint not null references repositories on delete cascade,
  provider      text not null check (provider in ('github', 'gitlab', 'gitea')),
  -- As its sender names it: the same when it is sent again.
  delivery      text not null check (length(delivery) <= 200),
  event         text not null check (length(event) <= 100),
  content_type  text not null,
  -- As it came; forgotten once it was acted on.
  body          bytea,
  size_bytes    int not null,
  digest        text not null,
  received_at   timestamptz not null,
  attempts      int not null default 0,
  lease_until   timestamptz,
  processed_at  timestamptz,
  outcome       text check (outcome in ('accepted', 'ignored', 'failed')),
  -- What was done, why nothing was, or why it failed, last.
  detail        text,
  unique (repository_id, provider, delivery),
  check ((processed_at is null) = (outcome is null))
);
create index webhook_deliveries_to_process on webhook_deliveries (id) where processed_at is null;
create index webhook_deliveries_newest on webhook_deliveries (repository_id, id desc);
create index webhook_deliveries_age on webhook_deliveries (received_at);

-- Who pushed what, for the fetch that finds it.
create table announced_pushes (
  repository_id bigint not null references repositories on delete cascade,
  ref           text not null,
  sha           text not null,
  actor         text not null,
  announced_at  timestamptz not null,
  primary key (repository_id, ref, sha)
);
create index announced_pushes_age on announced_pushes (announced_at);

-- Pull and merge requests whose heads the mirror keeps.
create table changes (
  repository_id bigint not null references repositories on delete cascade,
  number        int not null,
  open          boolean not null,
  -- By the clock of where it is kept: an older word for it does not count.
  updated_at    timestamptz not null,
  closed_at     timestamptz,
  primary key (repository_id, number),
  check (open = (closed_at is null))
);
create index changes_closed on changes (closed_at) where not open;
