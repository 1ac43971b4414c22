import { processIdentity } from '../processes/identity.ts';
import type { PostgresBinaries } from './binaries.ts';
import { underClusterLock } from './clusterLock.ts';
import { connectionTo, urlOf, waitUntilReady } from './connect.ts';
import type { EmbeddedPostgres, PostgresExit } from './embeddedPostgres.ts';
import { explainFailure } from './explainFailure.ts';
import type { Launcher } from './launcher.ts';
import { ownerSetting, stopServer } from './postmaster.ts';
import { type RunningProgram, startProgram } from './runProgram.ts';
import { type PostgresSettings, settingArguments } from './settings.ts';
import { makeSocketDirectory, removeSocketDirectory } from './socketDirectory.ts';

interface ServerStart {
  cluster: string;
  binaries: PostgresBinaries;
  launcher: Launcher;
  log: (line: string) => void;
  settings: PostgresSettings;
  lockTimeoutSeconds: number;
}

/** Starts a server on a cluster that is free, and waits until it answers. */
export async function startServer(start: ServerStart): Promise<EmbeddedPostgres> {
  const socketDirectory = await makeSocketDirectory(start.cluster, start.launcher);
  const program = startProgram(serverCommand(start, socketDirectory), start.log);
  const state = { requested: false };
  const exited = describeExit(program, start.cluster, state).finally(() =>
    removeSocketDirectory(socketDirectory),
  );
  const connection = connectionTo(socketDirectory);
  try {
    const version = await waitUntilReady(connection, () => hasEnded(program));
    if (version === undefined)
      throw explainFailure('PostgreSQL could not start', start.cluster, await program.ended);
    const stop = () => stopProgram(program, exited, state);
    return { connection, url: urlOf(socketDirectory), version, adopted: false, stop, exited };
  } catch (error) {
    await stopProgram(program, exited, state);
    throw error;
  }
}

function serverCommand(start: ServerStart, socketDirectory: string): string[] {
  const { cluster, binaries, launcher, settings, lockTimeoutSeconds } = start;
  const postgres = [
    ...[binaries.postgres, '-D', cluster],
    ...settingArguments({ ...settings, unix_socket_directories: `"${socketDirectory}"` }),
    ...['-c', ownerSetting(process.pid)],
  ];
  return launcher.command(...underClusterLock(cluster, postgres, lockTimeoutSeconds), 'INT');
}

function hasEnded({ child }: RunningProgram): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

async function describeExit(
  program: RunningProgram,
  cluster: string,
  state: { requested: boolean },
): Promise<PostgresExit> {
  const end = await program.ended.catch(() => undefined);
  if (state.requested || end === undefined)
    return { requested: state.requested, message: 'PostgreSQL was stopped' };
  return { requested: false, message: explainFailure('PostgreSQL ended', cluster, end).message };
}

async function stopProgram(
  program: RunningProgram,
  exited: Promise<PostgresExit>,
  state: { requested: boolean },
): Promise<void> {
  state.requested = true;
  const server = program.child.pid === undefined ? undefined : processIdentity(program.child.pid);
  if (server && !hasEnded(program)) await stopServer(server);
  await exited;
}
