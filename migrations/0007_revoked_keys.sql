-- A revoked key is never accepted again, whoever had it: those of projects that were deleted are kept here.
create table revoked_keys (
  public_key text primary key check (public_key ~ '^[A-Za-z0-9_]{1,64}$'),
  revoked_at timestamptz not null
);
