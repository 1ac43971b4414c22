import type { Address } from './endpoint.ts';
import type { runnerProtocol as described } from './runnerProtocol.ts';

type AddressOf<E> =
  E extends Address<infer Params, infer Query, infer Body, infer Response>
    ? Address<Params, Query, Body, Response>
    : never;

const at = <Method extends Address['method']>(method: Method, path: string) => ({ method, path });

/** What a runner calls, by address alone: it starts without the schemas. A test compares it with `runnerProtocol`. */
export const runnerApi: { readonly [Name in keyof typeof described]: AddressOf<(typeof described)[Name]> } = {
  register: at('PUT', '/runner/{id}'),
  lease: at('POST', '/runner/{id}/lease'),
  heartbeat: at('POST', '/runner/{id}/heartbeat'),
  events: at('GET', '/runner/{id}/events'),
  drain: at('POST', '/runner/{id}/drain'),
  goodbye: at('DELETE', '/runner/{id}'),
  report: at('POST', '/runner/jobs/{job}/report'),
  finish: at('POST', '/runner/jobs/{job}/finish'),
  release: at('POST', '/runner/jobs/{job}/release'),
  logSize: at('GET', '/runner/jobs/{job}/log'),
  appendLog: at('PUT', '/runner/jobs/{job}/log'),
};
