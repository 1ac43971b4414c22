import { ApiError, type Client } from '../../contract/client.ts';
import { plainDocument } from '../output/plainText.ts';

/**
 * The client whose answers are safe to show: titles, messages and names of others lose what a terminal obeys.
 * Logs (`fetchRaw`, `stream`) come as they are; whoever shows them filters them.
 */
export function plainClient(client: Client): Client {
  return {
    ...client,
    call: async (endpoint, input, extras) => {
      try {
        return plainDocument(await client.call(endpoint, input, extras));
      } catch (error) {
        throw error instanceof ApiError ? new ApiError(plainDocument(error.problem)) : error;
      }
    },
  };
}
