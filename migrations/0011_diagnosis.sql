-- Why jobs failed, and the results of the tests that they ran.

alter table workflow_jobs
  -- In one line: the step, how it ended, and the first line that says what is wrong.
  add column failure text,
  -- How many tests of each state, and what could not be read; null: it reported none.
  add column tests json;

create table workflow_tests (
  job_id   bigint not null references workflow_jobs on delete cascade,
  number   int not null,
  -- Of suite and name: the same test in other jobs and runs has the same.
  key      text not null,
  suite    text not null,
  name     text not null,
  file     text,
  line     int,
  state    text not null check (state in ('passed', 'failed', 'error', 'skipped')),
  message  text,
  seconds  double precision,
  primary key (job_id, number),
  unique (job_id, key)
);
-- How a test fared elsewhere.
create index workflow_tests_key on workflow_tests (key, job_id);
