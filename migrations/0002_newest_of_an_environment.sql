-- What was released and tried last in an environment is asked at every gate: without a look at all its history.
create index deploys_released on deploys (environment_id, finished_at desc, id desc) where state = 'succeeded';
create index deploys_attempted on deploys (environment_id, started_at desc, id desc) where started_at is not null;
