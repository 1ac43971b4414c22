-- What is old is found by its age, and whoever removes a job looks for those that carry its result.

-- blocks: writes wait for the second that it takes where runs were kept for months
create index workflow_runs_finished on workflow_runs (finished_at) where state = 'completed';
-- blocks: the same
create index workflow_jobs_carried on workflow_jobs (carried_from) where carried_from is not null;
-- blocks: the same
create index triggers_planned on triggers (planned_at) where planned_at is not null;
