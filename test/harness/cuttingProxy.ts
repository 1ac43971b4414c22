import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** When a connection is cut: once the whole answer is there and before any of it is sent, or after so many bytes. */
export type Cut = 'before-answer' | { readonly afterBytes: number };

export interface CuttingProxy {
  readonly url: string;
  /** How often it has cut a connection. */
  cuts(): number;
  close(): Promise<void>;
}

/** A proxy that cuts the connections of the requests that `decide` picks. The server sees nothing of it. */
export async function startCuttingProxy(
  target: string,
  decide: (incoming: IncomingMessage, cutsSoFar: number) => Cut | undefined,
): Promise<CuttingProxy> {
  let cuts = 0;
  const server = createServer((incoming, outgoing) => {
    const cut = decide(incoming, cuts);
    if (cut !== undefined) cuts += 1;
    const { hostname, port } = new URL(target);
    const forwarded = request(
      { hostname, port, path: incoming.url, method: incoming.method, headers: incoming.headers },
      (answer) => relay(answer, outgoing, cut),
    );
    forwarded.on('error', () => outgoing.destroy());
    outgoing.on('close', () => forwarded.destroy());
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    cuts: () => cuts,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function relay(answer: IncomingMessage, outgoing: ServerResponse, cut: Cut | undefined): void {
  if (cut === 'before-answer') {
    answer.resume().on('end', () => outgoing.destroy());
    return;
  }
  outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
  let left = cut?.afterBytes ?? Number.POSITIVE_INFINITY;
  answer.on('data', (bytes: Buffer) => {
    outgoing.write(bytes.subarray(0, left));
    left -= bytes.length;
    if (left <= 0) setImmediate(() => outgoing.destroy());
  });
  answer.on('end', () => outgoing.end());
  answer.on('error', () => outgoing.destroy());
}
