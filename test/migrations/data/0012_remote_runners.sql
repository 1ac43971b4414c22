insert into runner_tokens (name, token_hash, hint, labels, repositories, created_at, created_by, last_used_at, revoked_at) values
  ('größe', 'h1', 'slr_abcd…', null, null, '2024-09-01', 'ana', null, null),
  ('build', 'h2', 'slr_abce…', '{linux,"é 🚢"}', '{1,2}', '2024-09-01', 'ben', '2024-09-02', '2024-09-03'),
  ('build', 'h3', 'slr_abcf…', '{}', '{}', '2024-09-04', 'ben', null, null);
