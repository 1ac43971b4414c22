-- blocks: what was deleted in a day is few rows
insert into deleted_repositories (id, name, deleted_at, run_ids, job_ids) values
  (9000, 'größe', '2024-09-01', '{}', '{}'),
  (9001, 'tools', '2024-09-02', '{1,2}', '{3,4,5}');
