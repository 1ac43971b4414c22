insert into webhooks (repository_id, created_at, created_by, refused_at) values
  (1, '2024-09-01', 'ana', null), (2, '2024-09-01', 'ben', '2024-09-03');
insert into webhook_secrets (repository_id, sealed, created_at, expires_at) values
  (1, 'v1.k.AAAA', '2024-09-01', '2024-09-03'), (1, 'v1.k.BBBB', '2024-09-02', null), (2, 'v1.k.CCCC', '2024-09-01', null);
insert into webhook_deliveries (repository_id, provider, delivery, event, content_type, body, size_bytes, digest, received_at,
    attempts, lease_until, processed_at, outcome, detail) values
  (1, 'github', '72d3162e', 'push', 'application/json', '{}', 2, 'd1', '2024-09-01', 0, null, null, null, null),
  (1, 'github', '72d3162f', 'push', 'application/json', '{}', 2, 'd2', '2024-09-01', 1, '2024-09-01', null, null, 'no answer'),
  (1, 'gitlab', '72d3162e', 'Push Hook', 'application/json', null, 9, 'd3', '2024-09-01', 1, null, '2024-09-01', 'accepted', 'é 🚢'),
  (1, 'gitea', '1', 'issues', 'application/x-www-form-urlencoded', null, 9, 'd4', '2024-09-01', 1, null, '2024-09-01', 'ignored', ''),
  (2, 'gitea', '1', 'push', '', '\x00ff', 2, 'd5', '2024-09-01', 8, null, '2024-09-01', 'failed', 'no JSON');
insert into announced_pushes (repository_id, ref, sha, actor, announced_at) values
  (1, 'refs/heads/größe', repeat('a', 40), 'ana', '2024-09-01');
insert into changes (repository_id, number, open, updated_at, closed_at) values
  (1, 7, true, '2024-09-01', null), (1, 8, false, '2024-09-01', '2024-09-02');
