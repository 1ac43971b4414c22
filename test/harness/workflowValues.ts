import sql from 'sql-template-tag';
import { ApiError, type Client } from '../../src/contract/client.ts';
import { api } from '../../src/contract/index.ts';
import type { ValueLevel } from '../../src/contract/workflowRules.ts';
import { secretsForJob, variablesForJob } from '../../src/modules/variables/index.ts';
import type { TestApi } from './api.ts';

const file = `
repositories:
  harbor: { url: 'https://git.example.com/harbor.git' }
  ferry: { url: 'https://git.example.com/ferry.git' }
apps:
  harbor:
    team: web
    repository: harbor
    environments: { staging: { ref: main, steps: [{ name: ship, run: 'true' }] } }
`;

/** Whose values are meant, as the query of a request says it. */
export interface Where {
  readonly repository?: string;
  readonly environment?: string;
}

/** One of each level, all around repository harbor. */
export const wheres: Readonly<Record<ValueLevel, Where>> = {
  organization: {},
  repository: { repository: 'harbor' },
  environment: { repository: 'harbor', environment: 'production' },
};

/** Repositories harbor (with an app of team web) and ferry (of nobody), each with an environment Production. */
export async function prepareWorkflowValues({ machine, db, core }: TestApi) {
  await machine.call(api.applyConfiguration, { body: { text: file, file: 'slipway.yml' } });
  for (const repository of ['harbor', 'ferry']) {
    const params = { repository, environment: 'Production' };
    await machine.call(api.setWorkflowEnvironment, { params, body: {} });
  }
  const rows = await db.many<{ id: number; name: string }>(sql`select id, name from repositories`);
  const idOf = (repository: string) => rows.find(({ name }) => name === repository)?.id ?? 0;
  return {
    setSecret: (name: string, value: string, query: Where = {}, as: Client = machine) =>
      as.call(api.setWorkflowSecrets, { query, body: { items: [{ name, value }] } }),
    setVariable: (name: string, value: string, query: Where = {}, as: Client = machine) =>
      as.call(api.setVariables, { query, body: { items: [{ name, value }] } }),
    secretsOf: (repository: string, environment: string | null = null, trusted = true) =>
      secretsForJob(core.secrets, { repositoryId: idOf(repository), environment, trusted }),
    variablesOf: (repository: string, environment: string | null = null) =>
      variablesForJob(db, { repositoryId: idOf(repository), environment }),
  };
}

/** The code and text of a refusal; `done` when there was none. */
export const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: unknown) => {
      if (!(error instanceof ApiError)) throw error;
      return `${error.problem.code}: ${error.problem.detail}`;
    },
  );
