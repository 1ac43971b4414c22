-- ── Events whose workflows run at another commit than that which they are checks of ─────────────

alter table triggers
  -- At which workflows are read, and which they run: the merge of a pull request, its base. Null: sha.
  add column code_sha text,
  -- How many runs stand behind it, each started by the end of the one before.
  add column depth int not null default 0;

alter table workflow_runs add column code_sha text;

-- What runs must do for workflows of the default branch to want to know: requested, in_progress, completed.
alter table repositories add column run_events text[] not null default '{}';

alter table triggers drop constraint triggers_source_check;
-- blocks: for as long as it takes to look at the triggers of some months
alter table triggers add constraint triggers_source_check
  check (source in ('push', 'fetch', 'webhook', 'request', 'schedule', 'run'));
