insert into revoked_keys (public_key, revoked_at) values
  ('leaked', '2024-09-01'),
  ('36f9506e9800d8f75d7ce0d856558034', '2024-09-02');
