insert into projects (id, public_id, slug, name, team_id, platform, fixture, created_at) overriding system value values
  (1, 23, 'checkout', 'checkout', 1, 'node', 'fixtures.yml', '2024-08-01'),
  (2, 9007199254740991, 'store-front', 'Störe front', 2, null, null, '2024-08-02');
select setval('projects_id_seq', 2), setval('project_public_ids', 9007199254740991);
insert into projects (slug, name, team_id, created_at) select 'p' || n, 'Project ' || n, 1, '2024-08-03' from generate_series(1, 100) n;
insert into project_keys (project_id, label, public_key, sealed_secret, state, created_at, retiring_at, revoked_at) values
  (1, 'Default', 'aAzZ09_', 'v1:AAAA', 'active', '2024-08-01', null, null),
  (1, '', 'old', null, 'retiring', '2024-08-01', '2024-08-02', null),
  (2, '', repeat('k', 64), null, 'revoked', '2024-08-01', '2024-08-02', '2024-08-03');
update teams set fixture = 'fixtures.yml' where id = 1;
