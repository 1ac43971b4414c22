import { accounts } from './accounts.ts';
import { apps } from './apps.ts';
import { deploys } from './deployEndpoints.ts';
import { locks } from './locks.ts';
import { projects } from './projects.ts';
import { provisioning } from './provisioning.ts';
import { repositories } from './repositories.ts';
import { runs } from './runEndpoints.ts';
import { runnerTokens } from './runnerTokens.ts';
import { runTests } from './runTests.ts';
import { system } from './system.ts';
import { teams } from './teams.ts';
import { watching } from './watching.ts';
import { webhooks } from './webhooks.ts';
import { workflowEnvironments } from './workflowEnvironments.ts';
import { workflowValues } from './workflowValues.ts';

/** Every operation of the HTTP API. The server must implement each; a test proves it. */
export const api = {
  ...accounts,
  ...teams,
  ...projects,
  ...repositories,
  ...webhooks,
  ...runs,
  ...runnerTokens,
  ...runTests,
  ...apps,
  ...deploys,
  ...watching,
  ...locks,
  ...provisioning,
  ...workflowValues,
  ...workflowEnvironments,
  ...system,
};
