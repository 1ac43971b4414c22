-- Who started a run may not let its jobs into the environment.
alter table ci_environments add column prevent_self_review boolean not null default false;

-- Who had it run again, if anybody did.
alter table workflow_runs add column rerun_by text;
