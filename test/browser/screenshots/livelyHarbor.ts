import { api } from '../../../src/contract/index.ts';
import type { Sample } from '../../harness/sample.ts';

/** Who looks at the pictures. */
export interface Visitor {
  readonly address: string;
  readonly username: string;
  readonly password: string;
}

/** People, deploys, a rollback, a lock and a project: what a Slipway looks like that is used. */
export async function livelyHarbor(sample: Sample): Promise<Visitor> {
  const { client } = sample;
  const visitor = { address: sample.address, username: 'ines', password: 'low water at noon' };
  await client.call(api.createUser, {
    body: { ...visitorBody(visitor), name: 'Ines Duarte', role: 'owner', teams: ['harbor'] },
  });
  for (const [username, name] of [
    ['tomas', 'Tomáš Kral'],
    ['mira', 'Mira Okonkwo'],
  ] as const) {
    await client.call(api.createUser, {
      body: { username, name, role: 'member', teams: ['harbor', 'office'] },
    });
  }
  await client.call(api.createProject, { body: { name: 'Storefront', team: 'harbor', platform: 'node' } });
  await sample.ship('production', 'v1.0');
  await sample.ship('production', 'v1.1');
  await sample.ship('public');
  const production = { app: 'harbor', environment: 'production' };
  await sample.ended(await client.call(api.rollback, { params: production, body: {} }));
  await sample.ship('staging', 'v1.1');
  await sample.ship('staging');
  const reason = 'Rolled back: tides are an hour off since v1.1. Ask Mira before you ship.';
  await client.call(api.createLock, { body: { ...production, reason } });
  return visitor;
}

const visitorBody = ({ username, password }: Visitor) => ({ username, password });
