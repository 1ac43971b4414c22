import { UnreachableError } from '../../src/contract/client.ts';
import type { Deploy } from '../../src/contract/deploys.ts';
import { api } from '../../src/contract/index.ts';
import type { EventRecord } from '../../src/contract/system.ts';
import type { Instance } from './instance.ts';

/** What a reader of a log has seen, from its first byte on. */
export interface LogSeen {
  readonly deploy: Deploy;
  text: string;
  ended: boolean;
}

/** People who look on: they follow logs and events, and come back whenever the connection breaks. */
export interface Watchers {
  follow(deploy: Deploy): void;
  readonly logs: ReadonlyMap<string, LogSeen>;
  readonly events: readonly EventRecord[];
  readonly faults: readonly string[];
  close(): Promise<void>;
}

const pauseMs = 100;

export function startWatchers(instance: Instance): Watchers {
  const logs = new Map<string, LogSeen>();
  const events: EventRecord[] = [];
  const faults: string[] = [];
  const end = new AbortController();
  const watching: Promise<void>[] = [again(watchEvents)];

  async function again(watch: () => Promise<boolean>): Promise<void> {
    while (!end.signal.aborted) {
      try {
        if (await watch()) return;
      } catch (error) {
        if (!isOutage(error) && !end.signal.aborted) faults.push(`a watcher failed: ${error}`);
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  async function watchEvents(): Promise<boolean> {
    const after = events.at(-1)?.id ?? 0;
    const extras = { signal: end.signal, lastEventId: String(after) };
    for await (const { data } of instance.client().stream(api.events, { query: {} }, extras)) {
      const event = data as EventRecord;
      if (event.id <= (events.at(-1)?.id ?? 0))
        faults.push(`event ${event.id} came after ${events.at(-1)?.id}`);
      events.push(event);
    }
    return false;
  }

  async function watchLog(seen: LogSeen): Promise<boolean> {
    const { app, environment, number } = seen.deploy;
    const offset = Buffer.byteLength(seen.text);
    const input = { params: { app, environment, number }, query: { offset } };
    for await (const { event, data } of instance
      .client()
      .stream(api.followLog, input, { signal: end.signal })) {
      if (event === 'log') take(seen, data as { offset: number; text: string });
      if (event === 'end') seen.ended = true;
    }
    return seen.ended;
  }

  function take(seen: LogSeen, { offset, text }: { offset: number; text: string }): void {
    const size = Buffer.byteLength(seen.text);
    if (offset !== size) faults.push(`${seen.deploy.name}: the log went on at ${offset} after ${size}`);
    seen.text += text;
  }

  return {
    logs,
    events,
    faults,
    follow: (deploy) => {
      if (logs.has(deploy.name)) return;
      const seen: LogSeen = { deploy, text: '', ended: false };
      logs.set(deploy.name, seen);
      watching.push(again(() => watchLog(seen)));
    },
    close: async () => {
      end.abort();
      await Promise.all(watching);
    },
  };
}

/** Slipway is down, or says that its database is. */
export function isOutage(error: unknown): boolean {
  if (error instanceof UnreachableError) return true;
  if (!(error instanceof Error)) return false;
  if ('problem' in error) return (error.problem as { code: string }).code === 'unavailable';
  return error.message === 'Slipway has not said where it is';
}
