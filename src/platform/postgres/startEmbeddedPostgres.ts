import { realpath } from 'node:fs/promises';
import { AppError } from '../errors.ts';
import { dataDirectoryError } from '../instance/dataDirectoryError.ts';
import { findBinaries, linkLibraries, type PostgresBinaries } from './binaries.ts';
import { clusterIn, ensureCluster } from './cluster.ts';
import { defaultLockTimeoutSeconds } from './clusterLock.ts';
import { copyBinaries } from './copyBinaries.ts';
import type { EmbeddedPostgres } from './embeddedPostgres.ts';
import { settleFormerServer } from './formerServer.ts';
import { chooseLauncher, type Launcher, letServerPass } from './launcher.ts';
import { defaultSettings, type PostgresSettings } from './settings.ts';
import { startServer } from './startServer.ts';

export interface EmbeddedPostgresOptions {
  /** Slipway's data directory, which exists. The database is its subdirectory `postgres`. */
  dataDir: string;
  /** Receives every line that the server writes to its log. */
  log?: (line: string) => void;
  /** Server settings on top of the default ones. */
  settings?: PostgresSettings;
  /** How long to wait for the last processes of a server that was killed (20). */
  lockTimeoutSeconds?: number;
}

/**
 * Starts the PostgreSQL that comes with Slipway on a data directory and waits until it answers. A server
 * that a killed Slipway left behind is shut down first; one that still belongs to a living process is adopted.
 * The server ends with this process, however this process ends. Throws `unavailable` with what to do.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  let dataDir = options.dataDir;
  try {
    dataDir = await realpath(dataDir);
    const { binaries, launcher } = await prepareToRun(dataDir);
    const cluster = clusterIn(dataDir);
    const log = options.log ?? (() => {});
    await ensureCluster(cluster, binaries, launcher);
    const lockTimeoutSeconds = options.lockTimeoutSeconds ?? defaultLockTimeoutSeconds;
    const adopted = await settleFormerServer(cluster, launcher, lockTimeoutSeconds);
    if (adopted) return adopted;
    const settings = { ...defaultSettings, ...options.settings };
    return await startServer({ cluster, binaries, launcher, log, settings, lockTimeoutSeconds });
  } catch (error) {
    throw dataDirectoryError(error, dataDir);
  }
}

async function prepareToRun(dataDir: string): Promise<{ binaries: PostgresBinaries; launcher: Launcher }> {
  await letServerPass(dataDir);
  const installed = await findBinaries();
  if (await linkLibraries(installed)) {
    const launcher = await chooseLauncher([installed.initdb, installed.postgres, dataDir]);
    if (launcher) return { binaries: installed, launcher };
  }
  const launcher = await chooseLauncher([dataDir]);
  if (launcher === undefined) throw unreachable(dataDir);
  return { binaries: await copyBinaries(installed, dataDir), launcher };
}

function unreachable(dataDir: string): AppError {
  const message = `PostgreSQL cannot run as root, and an unprivileged user cannot reach ${dataDir}. Set SLIPWAY_DATA_DIR to a directory outside of closed home directories, such as /var/lib/slipway, or run Slipway as an ordinary user`;
  return new AppError('unavailable', message, { dataDir });
}
