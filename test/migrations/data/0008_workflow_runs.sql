insert into known_refs (repository_id, ref, sha) values (1, 'refs/heads/main', repeat('a', 40)), (1, 'refs/tags/v1', repeat('b', 40));
insert into triggers (id, repository_id, event, ref, sha, before, actor, source, payload, inputs, file, trusted, key, created_at, planned_at, problem)
  overriding system value values
  (1, 1, 'push', 'refs/heads/main', repeat('a', 40), null, 'ana', 'push', null, '{}', null, true, null, '2024-08-01', '2024-08-01', null),
  (2, 1, 'pull_request', 'refs/pull/7/merge', repeat('b', 40), null, 'eve', 'webhook', '{"number": 7}', '{}', null, false, 'github:1', '2024-08-01', null, null),
  (3, 1, 'workflow_dispatch', 'refs/heads/main', repeat('a', 40), null, 'ben', 'request', null, '{"level": "debug"}', '.github/workflows/test.yml', true, null, '2024-08-01', '2024-08-01', 'no such file');
select setval('triggers_id_seq', 3);
insert into unstarted_workflows (trigger_id, file, name, reason, not_needed) values (1, '.github/workflows/docs.yml', 'docs', 'no path matches', true);
insert into schedules (repository_id, file, cron, next_at) values (1, '.github/workflows/test.yml', '0 3 * * *', '2030-01-01');
insert into workflow_numbers (repository_id, file, last_number) values (1, '.github/workflows/test.yml', 3);
insert into workflow_runs (id, trigger_id, repository_id, file, number, attempt, name, title, event, ref, sha, actor, trusted, state, conclusion,
    findings, plan, concurrency, cancel_requested_at, cancel_requested_by, advance, created_at, started_at, finished_at)
  overriding system value values
  (1, 1, 1, '.github/workflows/test.yml', 1, 2, 'test', 'Erster 🚢', 'push', 'refs/heads/main', repeat('a', 40), 'ana', true, 'completed', 'success',
    null, '{"jobs": []}', null, null, null, false, '2024-08-01', '2024-08-01', '2024-08-01'),
  (2, 2, 1, '.github/workflows/test.yml', 2, 1, 'test', '', 'pull_request', 'refs/pull/7/merge', repeat('b', 40), 'eve', false, 'running', null,
    null, '{"jobs": []}', '{"group": "pr-7"}', '2024-08-01', 'ben', true, '2024-08-01', '2024-08-01', null),
  (3, 3, 1, '.github/workflows/test.yml', 3, 1, 'test', '', 'push', 'refs/heads/main', repeat('a', 40), 'ana', true, 'pending', null,
    '[{"message": "é"}]', null, '{"group": "pr-7"}', null, null, false, '2024-08-01', null, null);
select setval('workflow_runs_id_seq', 3);
insert into workflow_jobs (id, run_id, attempt, key, name, spec, labels, state, conclusion, reason, condition, blocked, outputs, summary,
    permissions, environment, carried_from, losses, runner_id, runner_name, lease_token, lease_expires_at, token_hash, created_at, queued_at, started_at, finished_at)
  overriding system value values
  (1, 1, 1, 'test', 'test', '{}', '{ubuntu-latest}', 'completed', 'failure', 'lost', null, false, '{"a": "1"}', '# é', '{"contents": "read"}',
    null, null, 1, '00000000-0000-0000-0000-000000000001', 'one', null, null, null, '2024-08-01', '2024-08-01', '2024-08-01', '2024-08-01'),
  (2, 1, 2, 'test', 'test', '{}', '{ubuntu-latest}', 'completed', 'success', null, 'always()', true, '{}', '', '{}',
    null, 1, 0, null, null, null, null, null, '2024-08-01', null, null, '2024-08-01'),
  (3, 2, 1, 'test:0', 'test (1)', '{}', '{}', 'running', null, null, null, false, '{}', '', '{}',
    'production', null, 0, '00000000-0000-0000-0000-000000000001', 'one', '00000000-0000-0000-0000-00000000000a', '2024-08-01', 'hash1', '2024-08-01', '2024-08-01', '2024-08-01', null),
  (4, 2, 1, 'test:1', 'test (2)', null, '{}', 'waiting', null, 'its environment asks for approval', null, false, '{}', '', '{}',
    'production', null, 0, null, null, null, null, null, '2024-08-01', null, null, null);
select setval('workflow_jobs_id_seq', 4);
insert into workflow_steps (job_id, number, name, phase, state, outcome, conclusion, detail, condition, started_at, finished_at) values
  (1, 1, 'npm test', 'main', 'completed', 'failure', 'success', 'exit code 1', null, '2024-08-01', '2024-08-01'),
  (3, 1, 'npm test', 'set-up', 'running', null, null, null, 'success()', '2024-08-01', null);
insert into workflow_annotations (job_id, number, step, level, message, title, path, line, end_line, "column", end_column) values
  (1, 1, 1, 'error', 'é', 'Title', 'a.js', 1, 2, 3, 4), (1, 2, 1, 'notice', 'x', null, null, null, null, null, null);
insert into concurrency_groups (repository_id, name, holder, waiting, runs) values
  (1, 'pr-7', '2', '{3}', '{2,3}'), (1, 'deploy', '2/test:0', '{2/test:1}', '{2}'), (1, 'empty', null, '{}', '{}');
insert into checks (repository_id, sha, name, status, conclusion, summary, reported_at, workflow, job_id, passes) values
  (1, repeat('a', 40), 'test', 'completed', 'skipped', '', '2024-08-01', 'test', 1, false);
