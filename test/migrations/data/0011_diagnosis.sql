update workflow_jobs set failure = 'step "npm test" failed, exit code 1: é', tests = '{"passed": 1, "failed": 1}' where id = 1;
insert into workflow_tests (job_id, number, key, suite, name, file, line, state, message, seconds) values
  (1, 1, 'k1', 'tides', 'high water', 'tides.test.js', 12, 'failed', 'expected 3, got 4 🚢', 0.5),
  (1, 2, 'k2', 'tides', 'low water', null, null, 'passed', null, null),
  (2, 1, 'k1', 'tides', 'high water', null, null, 'skipped', null, 0);
