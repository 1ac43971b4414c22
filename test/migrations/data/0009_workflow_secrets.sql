insert into ci_environments (repository_id, name, wait_minutes, approval, branches, updated_at, updated_by)
select id, 'Production 🚢', 10, 'teams', '{main,release/**}', '2024-10-01', 'ana' from repositories order by id limit 1;
insert into ci_environments (repository_id, name, updated_at, updated_by)
select id, 'preview', '2024-10-01', 'ana' from repositories order by id limit 1;
insert into ci_environment_reviewers (environment_id, team_id)
select e.id, t.id from ci_environments e cross join (select id from teams order by id limit 1) t where e.approval = 'teams';
insert into workflow_values (kind, repository_id, environment_id, name, content, updated_at, updated_by) values
  ('secret', null, null, 'TOKEN', 'v1.AAAA.BBBB', '2024-10-01', 'ana'),
  ('variable', null, null, 'TOKEN', 'not a secret', '2024-10-01', 'ana');
insert into workflow_values (kind, repository_id, environment_id, name, content, updated_at, updated_by)
select 'secret', repository_id, id, 'TOKEN', 'v1.AAAA.CCCC', '2024-10-02', 'bob' from ci_environments;
insert into workflow_values (kind, repository_id, environment_id, name, content, updated_at, updated_by)
select 'variable', id, null, 'REGION', E'eu\nnorth', '2024-10-02', 'bob' from repositories order by id limit 1;
