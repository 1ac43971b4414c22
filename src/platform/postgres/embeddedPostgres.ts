import type pg from 'pg';

/** Why a server ended: because it was asked to, or what it said last. */
export interface PostgresExit {
  requested: boolean;
  message: string;
}

export interface EmbeddedPostgres {
  connection: pg.PoolConfig;
  url: string;
  /** Such as `18.4`. */
  version: string;
  /** Whether it was started by another living process, which then also stops it. */
  adopted: boolean;
  /** Shuts the server down and waits for its end. An adopted one goes on running. */
  stop(): Promise<void>;
  /** Settles when the server is gone, for whatever reason. It never rejects. */
  exited: Promise<PostgresExit>;
}
