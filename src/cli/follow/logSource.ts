import type { z } from 'zod';
import { api } from '../../contract/addresses.ts';
import type { CallExtras, Client, StreamEvent } from '../../contract/client.ts';
import type { LogLine } from '../../contract/logs.ts';
import type { DeployParams } from '../arguments.ts';

export type Line = z.infer<typeof LogLine>;

/** A log of the server, and the ways to read it. */
export interface LogSource {
  lines(
    client: Client,
    query: { from: number; limit: number },
  ): Promise<{ items: Line[]; next: number | null }>;
  stream(client: Client, offset: number, extras: CallExtras): AsyncGenerator<StreamEvent, void, void>;
  raw(client: Client, extras?: CallExtras): Promise<Response>;
}

export const logOfDeploy = ({ app, environment, number }: DeployParams): LogSource => {
  const params = { app, environment, number };
  return {
    lines: (client, query) => client.call(api.logLines, { params, query }),
    stream: (client, offset, extras) => client.stream(api.followLog, { params, query: { offset } }, extras),
    raw: (client, extras) => client.fetchRaw(api.log, { params }, extras),
  };
};

export const logOfJob = (job: number): LogSource => {
  const params = { job };
  return {
    lines: (client, query) => client.call(api.jobLogLines, { params, query }),
    stream: (client, offset, extras) =>
      client.stream(api.followJobLog, { params, query: { offset } }, extras),
    raw: (client, extras) => client.fetchRaw(api.jobLog, { params }, extras),
  };
};
