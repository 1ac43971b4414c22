import type { CallInput } from '../../contract/endpoint.ts';
import { EventStreamParser } from '../lib/eventStreamParser.ts';
import { client } from './client.ts';
import type { AnyEndpoint } from './queryKey.ts';

/** Where a stream stands: the id of the last message that was seen. Kept by who follows it over connections. */
export interface Position {
  id?: string | undefined;
}

export interface StreamHandlers {
  /** Where to go on, and moved on by what arrives. */
  readonly position: Position;
  readonly signal: AbortSignal;
  /** The server answers. */
  onOpen?(): void;
  onMessage(event: string, data: unknown): void;
}

/** Three heartbeats of the server: a connection that is quiet for longer is dead, whatever TCP believes. */
const silenceMs = 45_000;

/**
 * Follows one connection of a stream until the server ends it. Rejects with an ApiError when the server refuses,
 * and with anything else when the connection breaks or falls silent.
 */
export async function followStream<E extends AnyEndpoint>(
  endpoint: E,
  input: CallInput<E>,
  handlers: StreamHandlers,
): Promise<void> {
  const silence = new AbortController();
  const signal = AbortSignal.any([handlers.signal, silence.signal]);
  const { position } = handlers;
  const headers: Record<string, string> = { accept: 'text/event-stream' };
  if (position.id !== undefined) headers['last-event-id'] = position.id;
  let watchdog = setTimeout(() => silence.abort(), silenceMs);
  try {
    const { body } = await client.fetchRaw(endpoint, input, { headers, signal });
    handlers.onOpen?.();
    const parser = new EventStreamParser();
    const decoder = new TextDecoder();
    const reader = body?.getReader();
    while (reader !== undefined) {
      const { done, value } = await reader.read();
      if (done) break;
      clearTimeout(watchdog);
      watchdog = setTimeout(() => silence.abort(), silenceMs);
      const messages = parser.feed(decoder.decode(value, { stream: true }));
      for (const { event, data } of messages) handlers.onMessage(event, JSON.parse(data));
      position.id = parser.lastEventId ?? position.id;
    }
  } finally {
    clearTimeout(watchdog);
  }
}
