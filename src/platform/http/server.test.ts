import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { createLogger } from '../log.ts';
import { createServer, listen } from './server.ts';

it('ends the connection of who sends a body too slowly, but where a route looks after its body itself', async () => {
  const server = await createServer(createLogger('test', 'silent'), { requestTimeoutMs: 200 });
  server.addContentTypeParser('application/x-slow', (_request, _body, done) => done(null));
  server.post('/read', async () => 'all of it');
  server.post('/stream', { config: { streamsBody: true } }, async (request) => {
    await once(request.raw, 'data');
    return 'enough of it';
  });
  try {
    const port = Number(new URL(await listen(server, '127.0.0.1', 0)).port);
    const streaming = begin(port, '/stream', 'application/x-slow');
    const reading = begin(port, '/read', 'application/json');
    expect(await hear(reading, 'of it')).not.toContain('of it');
    // The limit would have ended this one first.
    streaming.write('12345');
    expect(await hear(streaming, 'of it')).toContain('enough of it');
    streaming.destroy();
  } finally {
    await server.close();
  }
});

/** Sends the head of a request whose body does not come. */
function begin(port: number, path: string, type: string): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.write(`POST ${path} HTTP/1.1\r\nhost: a\r\ncontent-type: ${type}\r\ncontent-length: 10\r\n\r\n`);
  return socket;
}

/** All that is heard until that text comes, or the connection ends. */
async function hear(socket: Socket, text: string): Promise<string> {
  let heard = '';
  const ended = Promise.withResolvers<void>();
  socket.on('data', (chunk) => {
    heard += String(chunk);
    if (heard.includes(text)) ended.resolve();
  });
  socket.on('error', () => ended.resolve()).on('close', () => ended.resolve());
  await ended.promise;
  return heard;
}
