import { accounts } from './accounts.ts';
import { apps } from './apps.ts';
import { deploys } from './deployEndpoints.ts';
import { locks } from './locks.ts';
import { repositories } from './repositories.ts';
import { system } from './system.ts';

/** Every operation of the HTTP API. The server must implement each; a test proves it. */
export const api = { ...accounts, ...repositories, ...apps, ...deploys, ...locks, ...system };
