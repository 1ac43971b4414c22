-- When the commit of a deploy was made: how long it took from there to where it was shipped. Unknown for older deploys.
alter table deploys add column committed_at timestamptz;
