-- Old events are forgotten once an hour.
create index events_at on events (at);
