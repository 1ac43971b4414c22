import { ApiError } from '../../../contract/client.ts';
import type { LogOutline } from '../../../contract/watching.ts';
import type { Position } from '../../api/followStream.ts';
import { firstLineOf, LineStore, type NumberedLine, pageLines } from './lineStore.ts';
import type { LineRange } from './logLayout.ts';
import type { LogSource } from './logSource.ts';
import type { Section } from './sections.ts';

export interface LogState {
  /** `failed`: it could not be opened, and is not tried again by itself. */
  readonly phase: 'opening' | 'open' | 'failed';
  readonly error: Error | undefined;
  /** `ended`: there is no more to come. */
  readonly connection: 'following' | 'reconnecting' | 'ended';
  readonly count: number;
  /** Bytes of the log when it was opened. */
  readonly size: number;
  readonly sections: readonly Section[];
  /** Counts up whenever lines became known. */
  readonly version: number;
}

/** A log that somebody looks at: what is known of it, what is being asked for, and what follows. */
export interface LogSession {
  readonly lines: LineStore;
  state(): LogState;
  subscribe(onChange: () => void): () => void;
  /** Calls back with the lines that end while one follows. */
  onLines(listener: (lines: readonly NumberedLine[]) => void): () => void;
  /** Somebody looks at these lines: they are asked for, and those near them kept. */
  want(from: number, to: number): void;
  retry(): void;
  close(): void;
}

const opening: LogState = {
  phase: 'opening',
  error: undefined,
  connection: 'following',
  count: 0,
  size: 0,
  sections: [],
  version: 0,
};
/** So much is followed after a break; of more only the end, and the rest when somebody looks at it. */
const mostToCatchUpBytes = 2 * 1024 * 1024;
const mostLoads = 3;
const retryAfterMs = [200, 500, 1000, 2000, 4000];

/** Opens a log: its outline first, so that any part of it can be shown, then what is written from there on. */
export function openLogSession(source: LogSource): LogSession {
  const closed = new AbortController();
  const lines = new LineStore();
  const watchers = new Set<() => void>();
  const lineListeners = new Set<(lines: readonly NumberedLine[]) => void>();
  const loads = new Map<number, AbortController>();
  let state = opening;
  let position: Position = {};
  let pending: { text: string; time: string | null }[] = [];
  let flushing: (() => void) | undefined;
  let wanted: LineRange | undefined;

  function become(change: Partial<LogState>): void {
    state = { ...state, ...change, count: lines.count };
    for (const watcher of watchers) watcher();
  }

  // ── Opening and following ───────────────────────────────────────────────────────────────────────

  async function run(): Promise<void> {
    for (let failures = 0; ; failures += 1) {
      const outcome = await runOnce().catch(failed);
      if (outcome === 'over' || closed.signal.aborted) return;
      if (outcome === 'broken off') failures = 0;
      await pause(retryAfterMs[failures] ?? 4000, closed.signal);
    }
  }

  function failed(error: unknown): 'over' | 'failed' {
    if (closed.signal.aborted) return 'over';
    if (error instanceof ApiError && error.problem.status < 500) {
      // The server's own no: it would say it again.
      become({ phase: 'failed', error, connection: 'ended' });
      return 'over';
    }
    become({ connection: 'reconnecting', error: error instanceof Error ? error : undefined });
    return 'failed';
  }

  /** Takes the log up and follows it until there is no more to come, or the server ends the connection. */
  async function runOnce(): Promise<'over' | 'broken off'> {
    const outline = await source.outline(closed.signal);
    goOn(outline);
    if (outline.finished) return 'over';
    const ended = await follow();
    flush();
    if (!ended) return 'broken off';
    become({ connection: 'ended' });
    return 'over';
  }

  /** Takes up the log where it is: at its beginning, after a break, or when it has ended. */
  function goOn(outline: LogOutline): void {
    flush();
    const behind = outline.offset - Number(position.id ?? Number.NEGATIVE_INFINITY);
    if (outline.finished || behind > mostToCatchUpBytes) {
      lines.goOnAfter(outline.lines);
      position = { id: String(outline.offset) };
    }
    const { sections, size } = outline;
    const connection = outline.finished ? 'ended' : 'following';
    become({ phase: 'open', error: undefined, connection, sections, size, version: state.version + 1 });
    load();
  }

  /** Follows one connection; answers whether what writes it has ended. */
  async function follow(): Promise<boolean> {
    let ended = false;
    await source.follow({
      position,
      signal: closed.signal,
      onMessage: (event, data) => {
        if (event === 'end') ended = true;
        else if (event === 'log') receive(data as { text: string; time: string | null });
      },
    });
    return ended;
  }

  /** What comes is taken up once a frame, however much it is. */
  function receive(piece: { text: string; time: string | null }): void {
    pending.push(piece);
    flushing ??= onNextFrame(flush);
  }

  function flush(): void {
    flushing?.();
    flushing = undefined;
    if (pending.length === 0) return;
    const ended = pending.flatMap(({ text, time }) =>
      lines.append(text, time === null ? null : Date.parse(time)),
    );
    pending = [];
    let { sections } = state;
    for (const line of ended) {
      const section = source.readMark(line, sections);
      if (section !== undefined) sections = [...sections, section];
    }
    lines.prune(wanted?.from ?? lines.count);
    become({ sections, version: state.version + 1 });
    if (ended.length > 0) for (const listener of lineListeners) listener(ended);
  }

  // ── What is looked at ───────────────────────────────────────────────────────────────────────────

  /** Asks for the pages that are looked at; the one before them too, for the colours that reach into them. */
  function load(): void {
    if (wanted === undefined) return;
    const pages = lines.missing(wanted.from, wanted.to);
    const near = lines.missing(wanted.from - pageLines, wanted.to + pageLines);
    for (const [page, request] of loads) if (!near.includes(page)) request.abort();
    for (const page of [...pages, ...near])
      if (loads.size < mostLoads && !loads.has(page)) void loadPage(page);
  }

  async function loadPage(page: number): Promise<void> {
    const request = new AbortController();
    loads.set(page, request);
    const signal = AbortSignal.any([request.signal, closed.signal]);
    try {
      const query = { from: firstLineOf(page), limit: pageLines };
      const { items } = await source.lines(query, signal);
      lines.take(items.map((line) => ({ ...line, time: line.time === null ? null : Date.parse(line.time) })));
      lines.prune(wanted?.from ?? 1);
      become({ version: state.version + 1, error: undefined });
    } catch (error) {
      if (signal.aborted) return;
      become({ error: error instanceof Error ? error : undefined });
      await pause(2000, closed.signal);
    } finally {
      loads.delete(page);
      if (!closed.signal.aborted) load();
    }
  }

  void run();
  return {
    lines,
    state: () => state,
    subscribe: (onChange) => {
      watchers.add(onChange);
      return () => watchers.delete(onChange);
    },
    onLines: (listener) => {
      lineListeners.add(listener);
      return () => lineListeners.delete(listener);
    },
    want: (from, to) => {
      if (from === wanted?.from && to === wanted.to) return;
      wanted = { from, to };
      if (state.phase === 'open') load();
    },
    retry: () => {
      if (state.phase !== 'failed') return;
      become({ phase: 'opening', error: undefined });
      void run();
    },
    close: () => {
      closed.abort();
      flushing?.();
      watchers.clear();
      lineListeners.clear();
    },
  };
}

/** Calls back with the next frame; while the page is hidden there are none, and a moment must do. */
function onNextFrame(callback: () => void): () => void {
  if (document.visibilityState === 'visible') {
    const frame = requestAnimationFrame(callback);
    // A page that is hidden right now gets no frame any more.
    const late = setTimeout(callback, 500);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(late);
    };
  }
  const timer = setTimeout(callback, 250);
  return () => clearTimeout(timer);
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
