import { type Client, createClient } from '../../contract/client.ts';
import { machineToken } from '../machineToken.ts';
import type { Slipway } from '../slipway.ts';

/** The sample acts through the HTTP API, as everybody does; the audit log knows it as `sample (local)`. */
export async function sampleClient(slipway: Slipway): Promise<Client> {
  const token = await machineToken(slipway.core.paths);
  return createClient({
    baseUrl: slipway.url,
    headers: { authorization: `Bearer ${token}`, 'x-slipway-operator': 'sample' },
  });
}
