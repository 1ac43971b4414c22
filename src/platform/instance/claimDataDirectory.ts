import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError, systemCode } from '../errors.ts';
import { isAlive } from '../processes/identity.ts';
import { makeDataDirectory } from './makeDataDirectory.ts';
import { type Occupant, readOccupant, removeOccupant, writeOccupant } from './occupant.ts';

/** The right to use a data directory. It ends with `release` or with the process. */
export interface DataDirectoryClaim {
  /** The directory with all symbolic links resolved. */
  directory: string;
  /** Publishes where this Slipway is reached, for the message that a second one gives. */
  announce(url: string): Promise<void>;
  release(): Promise<void>;
}

/**
 * Creates the data directory when it is missing and makes this process its only Slipway. Throws `conflict`
 * when another has it, and `unavailable` when the directory cannot be used.
 *
 * The claim is a listening socket in the kernel's abstract namespace (unix(7)): exclusive, and gone with the
 * process however that ends. It is named after the directory's device and inode, so that another path to the
 * same directory meets the same name.
 */
export async function claimDataDirectory(path: string, now = new Date()): Promise<DataDirectoryClaim> {
  const directory = await makeDataDirectory(path);
  const socketName = await socketNameOf(directory);
  const socket = await listen(socketName);
  if (socket === undefined) throw await occupied(directory, socketName);
  try {
    await writeOccupant(directory, now);
  } catch (error) {
    await close(socket);
    throw error;
  }
  return {
    directory,
    announce: (url) => writeOccupant(directory, now, url),
    release: async () => {
      await removeOccupant(directory);
      await close(socket);
    },
  };
}

async function socketNameOf(directory: string): Promise<string> {
  const { dev, ino } = await stat(directory, { bigint: true });
  return `slipway-${createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 32)}`;
}

/** Undefined when the name is taken. */
async function listen(socketName: string): Promise<Server | undefined> {
  const server = createServer((connection) => connection.destroy());
  server.unref();
  try {
    server.listen(`\0${socketName}`);
    await once(server, 'listening');
    return server;
  } catch (error) {
    if (systemCode(error) === 'EADDRINUSE') return undefined;
    throw error;
  }
}

async function close(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}

async function occupied(directory: string, socketName: string): Promise<AppError> {
  const occupant = await waitForOccupant(directory);
  const details = { directory, occupant, socketName };
  if (occupant === undefined) return new AppError('conflict', heldByUnknown(directory, socketName), details);
  const { identity, url, since } = occupant;
  const facts = [`pid ${identity.pid}`, `since ${since}`, ...(url ? [url] : [])].join(', ');
  const message = `Slipway already runs on ${directory} (${facts}). Stop it, or set SLIPWAY_DATA_DIR to another directory`;
  return new AppError('conflict', message, details);
}

// The other one may have the socket and not yet have written who it is.
async function waitForOccupant(directory: string): Promise<Occupant | undefined> {
  const deadline = Date.now() + 1_000;
  for (;;) {
    const occupant = await readOccupant(directory);
    if (occupant && isAlive(occupant.identity)) return occupant;
    if (Date.now() > deadline) return undefined;
    await delay(20);
  }
}

function heldByUnknown(directory: string, socketName: string): string {
  return `another process holds the name that protects ${directory} (abstract socket @${socketName}), and it does not say which one it is. If Slipway runs on this directory in another container or as another user, stop it; \`ss -xlp\` shows the holder. Or set SLIPWAY_DATA_DIR to another directory`;
}
