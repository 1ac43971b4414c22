import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { serve, testActor } from '../../../test/harness/http.ts';
import { createClient } from '../../contract/client.ts';
import { endpoint } from '../../contract/endpoint.ts';
import type { RouterOptions } from './router.ts';
import { type EventStream, lastEventId, streamEvents } from './serverSentEvents.ts';

/** Only what hangs shall end by it. */
const patient = { timeout: 60_000 };

const ticks = endpoint({
  method: 'GET',
  path: '/ticks',
  tag: 'Test',
  summary: 'Ticks',
  access: { role: 'viewer', scope: 'read' },
  response: z.unknown(),
  streams: 'server-sent-events',
});

/** A server whose only endpoint streams what `produce` sends, and tells when that has ended. */
async function streaming(
  produce: (stream: EventStream, from: number | undefined) => Promise<void>,
  options: Partial<RouterOptions> & { shutdown?: AbortSignal; lifetimeMs?: number } = {},
) {
  const { shutdown = new AbortController().signal, lifetimeMs, ...rest } = options;
  const ended = Promise.withResolvers<void>();
  const { address, server } = await serve((router) => {
    router.addStream(ticks, async ({ request, reply }) => {
      await streamEvents(
        request,
        reply,
        shutdown,
        (stream) => produce(stream, lastEventId(request)),
        lifetimeMs,
      );
      ended.resolve();
    });
  }, rest);
  const url = `${address}/api/v1/ticks`;
  return { url, server, client: createClient({ baseUrl: address }), ended: ended.promise };
}

const untilGone = ({ signal }: EventStream) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve());
  });

describe('a stream of events', () => {
  it('is written as the standard says, and neither kept nor changed on the way', async () => {
    const { url } = await streaming(async (stream) => {
      await stream.send({ data: 'plain' });
      await stream.send({ id: 7, event: 'tick', data: { text: 'two\nlines\r\n', more: '\u2028' } });
    });
    const response = await fetch(url);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache, no-transform');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await response.text()).toBe(
      'retry: 1000\n\ndata: "plain"\n\nid: 7\nevent: tick\ndata: {"text":"two\\nlines\\r\\n","more":"\u2028"}\n\n',
    );
  });

  it('ends after its lifetime, so that who lost access is asked again, and says where to go on', async () => {
    const { url } = await streaming(
      async (stream) => {
        stream.mark(41);
        await untilGone(stream);
      },
      { lifetimeMs: 50 },
    );
    expect(await (await fetch(url)).text()).toBe('retry: 1000\n\nid: 41\n\n');
  });

  it('is read by our client, event by event, and goes on after the last one', async () => {
    const { client } = await streaming(async (stream, from) => {
      const first = (from ?? 0) + 1;
      for (let id = first; id < first + 3; id += 1) await stream.send({ id, data: { id } });
    });
    const read = async (lastEventId?: string) => {
      const ids: (string | undefined)[] = [];
      for await (const event of client.stream(ticks, {}, { lastEventId })) ids.push(event.id);
      return ids;
    };
    expect(await read()).toEqual(['1', '2', '3']);
    expect(await read('3')).toEqual(['4', '5', '6']);
  });

  it.each(['', 'abc', '-1', '1.5', '9'.repeat(16)])('takes %j for no id', async (header) => {
    const { url } = await streaming(async (stream, from) => {
      await stream.send({ data: from ?? 'none' });
    });
    const response = await fetch(url, { headers: { 'last-event-id': header } });
    expect(await response.text()).toContain('data: "none"');
  });

  it('says that it is alive when nothing happens', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const { url } = await streaming(untilGone);
    const leave = new AbortController();
    const response = await fetch(url, { signal: leave.signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe('retry: 1000\n\n');
    vi.advanceTimersByTime(15_000);
    expect((await reader?.read())?.value).toBe(': alive\n\n');
    leave.abort();
  });
});

describe('the end of a stream', () => {
  it('comes when its client goes away', async () => {
    const { url, ended } = await streaming(untilGone);
    const leave = new AbortController();
    await fetch(url, { signal: leave.signal });
    leave.abort();
    await ended;
  });

  it('comes at once when its client went away before it began', async () => {
    const asked = Promise.withResolvers<void>();
    const gone = Promise.withResolvers<void>();
    const { url, ended } = await streaming(untilGone, {
      authenticate: async (request) => {
        asked.resolve();
        await new Promise<void>((resolve) => request.raw.socket.once('close', resolve));
        gone.resolve();
        return testActor;
      },
    });
    const leave = new AbortController();
    const response = fetch(url, { signal: leave.signal }).catch(() => {});
    await asked.promise;
    leave.abort();
    await gone.promise;
    await ended;
    await response;
  });

  it('comes when the server closes, also when it was closing already', async () => {
    const shutdown = new AbortController();
    const { url, ended } = await streaming(untilGone, { shutdown: shutdown.signal });
    const response = await fetch(url);
    shutdown.abort();
    expect(await response.text()).toBe('retry: 1000\n\n');
    await ended;
    expect(await (await fetch(url)).text()).toBe('retry: 1000\n\n');
  });

  it('comes when its source fails, and the server lives on', async () => {
    const { url } = await streaming(async (stream) => {
      await stream.send({ id: 1, data: 1 });
      throw new Error('the source broke');
    });
    expect(await (await fetch(url)).text()).toContain('id: 1\n');
    expect((await fetch(url)).status).toBe(200);
  });
});

describe('a client that does not read', () => {
  it('holds up its own stream instead of filling memory', async () => {
    const text = 'x'.repeat(1024 * 1024);
    let sent = 0;
    const { url, ended } = await streaming(async (stream) => {
      while (sent < 64 && !stream.signal.aborted) {
        await stream.send({ data: text });
        sent += 1;
      }
    });
    const socket = await open(url);
    await new Promise((resolve) => socket.once('data', resolve));
    socket.pause();
    await vi.waitFor(async () => {
      const before = sent;
      for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
      expect(sent).toBe(before);
    }, patient);
    expect(sent).toBeLessThan(60);
    socket.resume();
    await ended;
    expect(sent).toBe(64);
    socket.destroy();
  });

  it('does not keep its stream when it is gone', async () => {
    const { url, ended } = await streaming(async (stream) => {
      for (let sent = 0; sent < 64 && !stream.signal.aborted; sent += 1) {
        await stream.send({ data: 'x'.repeat(1024 * 1024) });
      }
    });
    const socket = await open(url);
    await new Promise((resolve) => socket.once('data', resolve));
    socket.destroy();
    await ended;
  });
});

async function open(url: string): Promise<Socket> {
  const { hostname, port, pathname } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(`GET ${pathname} HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
  return socket;
}
