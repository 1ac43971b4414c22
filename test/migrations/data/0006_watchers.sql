insert into deploy_watchers (deploy_id, name, since, seen_at) values
  (1, 'ana', '2024-09-01', '2024-09-01'),
  (3, 'Störe 🚢', '2024-09-01', '2024-09-02');
