import { readFileSync } from 'node:fs';

const { ENVIRONMENT: environment = 'here' } = process.env;

/** Which commit this is, and where it runs. */
export const release = {
  ...JSON.parse(readFileSync(new URL('../release.json', import.meta.url))),
  environment,
  startedAt: new Date(),
};
