import type { DataPaths } from '../../platform/dataPaths.ts';
import type { Db } from '../../platform/db/database.ts';
import type { EventFeed } from '../../platform/events/eventFeed.ts';

/** Values that a job of a repository may see, besides its own token. */
export interface JobValues {
  secrets(repositoryId: number, environment: string | null): Promise<Record<string, string>>;
  variables(repositoryId: number, environment: string | null): Promise<Record<string, string>>;
}

export interface JobGatewayContext {
  readonly db: Db;
  readonly now: () => Date;
  readonly paths: DataPaths;
  readonly feed: EventFeed;
  readonly publicUrl: string;
  readonly values: JobValues;
}
