-- The commit of the default branch whose workflows were asked what they want to be started by, besides pushes.
-- Another than it is at, or none: they are asked now.
alter table repositories add column heeded_sha text;
