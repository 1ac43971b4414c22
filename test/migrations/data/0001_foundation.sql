-- Somebody has used Slipway for a while: every table has rows, every state and every null that the schema allows
-- is there. Ids are chosen, so that rows can refer to each other.
insert into users (id, username, email, name, role, password_hash, disabled_at, created_at) overriding system value values
  (1, 'ana', 'Ana@Example.com', 'Ana Ñuñez', 'owner', 'scrypt$x', null, '2024-01-01'),
  (2, 'ben', null, '', 'member', null, '2024-05-05', '2024-02-02'),
  (3, 'c.d_e-f', 'c@example.com', '🚢', 'viewer', null, null, '2024-02-03'),
  (4, 'dora', null, 'Dora', 'admin', null, null, '2024-02-04');
select setval('users_id_seq', 4);

insert into teams (id, slug, name, created_at) overriding system value values
  (1, 'payments', 'Payments', '2024-01-01'), (2, 'web', 'Web', '2024-01-02'), (3, 'empty', '', '2024-01-03');
select setval('teams_id_seq', 3);
insert into team_members (team_id, user_id) values (1, 1), (1, 2), (2, 2);

insert into sessions (user_id, token_hash, ip, user_agent, created_at, last_used_at, expires_at)
  select 1 + n % 4, 'session' || n, '::1', 'curl', '2024-03-01', '2024-03-02', '2030-01-01' from generate_series(1, 50) n;
insert into api_tokens (user_id, name, token_hash, hint, scopes, created_at, expires_at, last_used_at, revoked_at) values
  (1, 'ci', 'token1', 'slp_a…', '{read,deploy}', '2024-01-01', null, now(), null),
  (1, 'ci', 'token2', 'slp_b…', '{admin}', '2024-01-01', '2025-01-01', null, '2024-06-01'),
  (2, 'ci', 'token3', 'slp_c…', '{read}', '2024-01-01', null, null, null);
insert into login_attempts (username, ip, at) select 'guess' || n, '10.0.0.' || n % 250, '2024-01-01' from generate_series(1, 300) n;
insert into audit_log (at, actor_kind, actor_id, actor_name, ip, action, subject, details)
  select '2024-01-01'::timestamptz + n * interval '1 minute', 'user', nullif(n % 5, 0), 'ana', null, 'deploy', 'app/prod#' || n,
    jsonb_build_object('note', 'é;--''"', 'n', n) from generate_series(1, 300) n;
insert into secrets (name, sealed, updated_at, updated_by) values ('db.password', 'v1:AAAA', '2024-01-01', 'ana');
insert into events (at, kind, subject, actor, data)
  select '2024-01-01'::timestamptz + n * interval '1 second', 'deploy', 'app/prod#' || n, 'ana', '{}' from generate_series(1, 500) n;

insert into repositories (id, name, config, default_branch, fetch_requested_at, fetch_lease_until, fetch_started_at,
    fetch_finished_at, fetched_at, failing_since, failure_kind, failure_message, created_at) overriding system value values
  (1, 'shop', '{"url": "https://example.com/shop.git"}', 'main', null, null, null, now(), now(), null, null, null, '2024-01-01'),
  (2, 'broken', '{}', null, now(), now(), now(), null, null, '2024-02-02', 'auth', 'refused', '2024-01-01');
select setval('repositories_id_seq', 2);
insert into checks (repository_id, sha, name, status, conclusion, url, summary, reported_at)
  select 1, repeat('a', 40), 'build', 'completed', c, 'https://ci/1', 'é', '2024-01-01'
  from unnest(array['success', 'failure', 'neutral', 'cancelled', 'skipped', 'timed_out', 'action_required']) c;
insert into checks (repository_id, sha, name, status, reported_at) values
  (2, 'b', 'test', 'queued', '2024-01-01'), (2, 'b', 'test', 'in_progress', '2024-01-02');

insert into apps (id, name, repository_id, team_id, config, created_at) overriding system value values
  (1, 'shop', 1, 1, '{}', '2024-01-01'), (2, 'blog', 1, 2, '{"paths": ["blog/**"]}', '2024-01-01');
select setval('apps_id_seq', 2);
insert into environments (id, app_id, name, position, config, last_number, removed_at) overriding system value values
  (1, 1, 'staging', 0, '{}', 4, null), (2, 1, 'production', 1, '{}', 1, null), (3, 2, 'production', 0, '{}', 200, '2024-07-07');
select setval('environments_id_seq', 3);
insert into runners (id, host, pid, identity, started_at, last_seen_at, stopped_at) values
  ('00000000-0000-0000-0000-000000000001', 'one', 1, '{}', '2024-01-01', '2024-01-02', null),
  ('00000000-0000-0000-0000-000000000002', 'two', 2, '{"boot": "x"}', '2024-01-01', '2024-01-02', '2024-01-03');

insert into deploys (id, environment_id, number, kind, state, ref, sha, title, author, config, force_reason, requested_by,
    requested_by_kind, requested_by_id, requested_at, notes, held_at, held_reason, previous_sha, started_at, verifying_at,
    cancel_requested_at, cancel_requested_by, finished_at, result, runner_id, lease_token, lease_expires_at)
  overriding system value values
  (1, 1, 1, 'deploy', 'succeeded', 'main', repeat('a', 40), 'Erster 🚢', 'Ana', '{}', null, 'ana', 'user', 1, '2024-01-01', '{}',
    null, null, null, '2024-01-01', '2024-01-01', null, null, '2024-01-01', 'ok', '00000000-0000-0000-0000-000000000001', null, null),
  (2, 1, 2, 'redeploy', 'failed', 'main', repeat('b', 40), '', '', '{}', 'urgent', 'ana', 'token', null, '2024-01-02', '{a,"b;c"}',
    null, null, repeat('a', 40), '2024-01-02', null, null, null, '2024-01-02', 'exit 1', null, null, null),
  (3, 1, 3, 'rollback', 'cancelling', ':previous', repeat('a', 40), 't', 'a', '{}', null, 'ben', 'user', 2, '2024-01-03', '{}',
    null, null, null, '2024-01-03', null, '2024-01-03', 'ben', null, null, '00000000-0000-0000-0000-000000000002',
    '00000000-0000-0000-0000-00000000000a', '2024-01-03'),
  (4, 1, 4, 'deploy', 'queued', 'main', 'c', 't', 'a', '{}', null, 'ben', 'user', 2, '2024-01-04', '{}',
    '2024-01-04', 'lock closed', null, null, null, null, null, null, null, null, null, null),
  (5, 2, 1, 'deploy', 'running', 'main', 'd', 't', 'a', '{}', null, 'ben', 'user', 2, '2024-01-05', '{}',
    null, null, null, '2024-01-05', null, null, null, null, null, '00000000-0000-0000-0000-000000000001',
    '00000000-0000-0000-0000-00000000000b', '2024-01-05');
insert into deploys (id, environment_id, number, kind, state, ref, sha, title, author, config, requested_by, requested_by_kind,
    requested_at, started_at, finished_at) overriding system value
  select 10 + n, 3, n, 'deploy', (array['succeeded', 'failed', 'cancelled', 'superseded'])[1 + n % 4], 'main', md5(n::text), 't', 'a',
    '{}', 'ci', 'token', '2024-01-01', '2024-01-01', '2024-01-01'::timestamptz + n * interval '1 minute'
  from generate_series(1, 200) n;
select setval('deploys_id_seq', 300);
update environments set live_deploy_id = 1 where id = 1;

insert into deploy_steps (deploy_id, position, name, state, started_at, finished_at, detail)
  select 1, n, s, s, null, '2024-01-01', null
  from unnest(array['pending', 'running', 'succeeded', 'failed', 'cancelled', 'unknown', 'skipped']) with ordinality u (s, n);
insert into locks (app_id, environment_id, reason, created_by, created_at, expires_at, closed_at, closed_by) values
  (null, null, 'all', 'ana', '2024-01-01', null, null, null),
  (1, null, 'app', 'ana', '2024-01-01', '2030-01-01', null, null),
  (1, 1, 'before', 'ana', '2024-01-01', null, '2024-01-02', 'ben'),
  (1, 1, 'again', 'ana', '2024-01-03', null, null, null);
insert into idempotency_keys (actor, key, fingerprint, status, body, created_at) values
  ('user:1', 'k', 'f', 201, '{"id": 1}', '2024-01-01'), ('user:2', 'k', 'f', null, null, '2024-01-01');
