-- Who looks at a deploy right now: said again every few seconds, and forgotten when it is not.
create table deploy_watchers (
  deploy_id bigint not null references deploys on delete cascade,
  name      text not null check (length(name) <= 200),
  since     timestamptz not null,
  seen_at   timestamptz not null,
  primary key (deploy_id, name)
);
