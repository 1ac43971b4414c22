import type { Queryable } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { findEnvironment } from '../apps/index.ts';
import { deployName } from './deploy.ts';
import { type DeployRow, selectDeploy } from './store.ts';

export interface DeployId {
  readonly app: string;
  readonly environment: string;
  readonly number: number;
}

/** The deploy `app/environment#number`; not_found says which part does not exist. */
export async function findDeploy(db: Queryable, id: DeployId): Promise<DeployRow> {
  const row = await selectDeploy(db, id.app, id.environment, id.number);
  if (row !== undefined) return row;
  await findEnvironment(db, id.app, id.environment);
  throw new AppError(
    'not_found',
    `there is no deploy ${deployName(id.app, id.environment, id.number)}; slipway deploys --app ${id.app} lists them`,
  );
}
