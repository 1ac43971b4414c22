-- What lies on the disk of repositories that were deleted, so that it is found by whoever looks after that: rows go
-- first. Only what stands here is removed: a database that was restored from a backup does not know of all repositories.
create table deleted_repositories (
  id         bigint primary key,
  name       text not null,
  deleted_at timestamptz not null,
  -- Of its runs and jobs: their artifacts and logs.
  run_ids    bigint[] not null,
  job_ids    bigint[] not null
);
