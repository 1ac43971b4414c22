import { type Client, createClient } from '../../../src/contract/client.ts';
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
  const { address, ...credentials } = visitor;
  const teams = ['harbor', 'office'];
  await client.call(api.createUser, { body: { ...credentials, name: 'Ines Duarte', role: 'owner', teams } });
  await client.call(api.createUser, {
    body: { username: 'mira', name: 'Mira Okonkwo', role: 'member', teams },
  });
  await client.call(api.createUser, {
    body: { username: 'tomas', name: 'Tomáš Kral', role: 'member', teams },
  });
  const [ines, mira, tomas] = await Promise.all(
    ['ines', 'mira', 'tomas'].map((user) => clientOf(sample, user)),
  );
  if (!ines || !mira || !tomas) throw new Error('somebody is missing');

  await client.call(api.createProject, { body: { name: 'Storefront', team: 'harbor', platform: 'node' } });
  const ship = async (by: Client, app: string, environment: string, ref: string) =>
    sample.ended(await by.call(api.requestDeploy, { params: { app, environment }, body: { ref } }));
  await ship(tomas, 'harbor', 'production', 'v1.0');
  await ship(ines, 'harbor', 'staging', 'v1.1');
  await ship(mira, 'harbor', 'production', 'v1.1');
  await ship(ines, 'handbook', 'public', 'main');
  const production = { app: 'harbor', environment: 'production' };
  await sample.ended(await mira.call(api.rollback, { params: production, body: {} }));
  await ship(tomas, 'harbor', 'staging', 'broken-tests');
  await ship(tomas, 'harbor', 'staging', await shaBefore(client, 'main'));
  const reason = 'Rolled back: tides are an hour off since v1.1. Ask Mira before you ship.';
  await mira.call(api.createLock, { body: { ...production, reason } });
  return visitor;
}

/** The last commit but one of a branch: so that something is left to ship. */
async function shaBefore(client: Client, ref: string): Promise<string> {
  const { items } = await client.call(api.listCommits, {
    params: { repository: 'harbor' },
    query: { ref, limit: 2 },
  });
  const sha = items[1]?.sha;
  if (sha === undefined) throw new Error(`${ref} has a single commit`);
  return sha.slice(0, 8);
}

async function clientOf(sample: Sample, user: string): Promise<Client> {
  const { token } = await sample.client.call(api.createToken, { body: { name: 'screenshots', user } });
  return createClient({ baseUrl: sample.address, headers: { authorization: `Bearer ${token}` } });
}
