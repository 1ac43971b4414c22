-- Until 0004 several teams could have one name.
insert into teams (id, slug, name, created_at) overriding system value values
  (101, 'web-2', 'Web', '2024-04-01'), (102, 'web-3', 'Web', '2024-04-02'), (103, 'nameless', '', '2024-04-03');
