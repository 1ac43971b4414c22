import { useEffect, useState } from 'react';
import type { OpenedLog } from './useLog.ts';

export interface LogSearch {
  readonly text: string;
  setText(text: string): void;
  /** Lines that contain the text, as far as they are known; `more` when there are more of them. */
  readonly lines: readonly number[];
  readonly more: boolean;
  readonly searching: boolean;
  readonly error: Error | undefined;
  /** Which of the lines is looked at. */
  readonly place: number;
  /** Goes on to the next, or with -1 back to the one before. */
  step(by: 1 | -1): void;
}

interface Found {
  readonly text: string;
  readonly lines: readonly number[];
  readonly more: boolean;
}

const nothing: Found = { text: '', lines: [], more: false };
const mostFound = 1000;
const typingMs = 150;

/** Searches the whole log on the server, and what follows as it comes. */
export function useLogSearch(log: OpenedLog | undefined): LogSearch {
  const [text, setText] = useState('');
  const [found, setFound] = useState(nothing);
  const [place, setPlace] = useState(0);
  const [error, setError] = useState<Error>();
  const asked = log?.source.key;

  // biome-ignore lint/correctness/useExhaustiveDependencies: it is searched when the text changes; the log is the same.
  useEffect(() => {
    setError(undefined);
    if (text === '' || log === undefined) {
      setFound(nothing);
      return;
    }
    const left = new AbortController();
    const timer = setTimeout(() => {
      log.source.search({ text, limit: mostFound }, left.signal).then(
        (answer) => {
          setFound({ text, ...answer });
          const seen = log.viewport.state().firstInView;
          const next = answer.lines.findIndex((line) => line >= seen);
          setPlace(Math.max(0, next));
          const line = answer.lines[Math.max(0, next)];
          if (line !== undefined) log.show(line);
        },
        (reason: unknown) => {
          if (!left.signal.aborted && reason instanceof Error) setError(reason);
        },
      );
    }, typingMs);
    return () => {
      left.abort();
      clearTimeout(timer);
    };
  }, [text, asked]);

  const session = log?.session;
  const { text: needle, more } = found;
  useEffect(() => {
    if (session === undefined || needle === '' || more) return;
    return session.onLines((lines) => {
      const hits = lines.filter((line) => line.text.includes(needle)).map(({ number }) => number);
      if (hits.length === 0) return;
      setFound((before) => ({
        ...before,
        lines: [...new Set([...before.lines, ...hits])].slice(0, mostFound),
        more: before.lines.length + hits.length > mostFound,
      }));
    });
  }, [session, needle, more]);

  return {
    text,
    setText,
    lines: found.text === text ? found.lines : [],
    more: found.more,
    searching: found.text !== text && error === undefined,
    error,
    place,
    step: (by) => {
      if (found.lines.length === 0) return;
      const next = (place + by + found.lines.length) % found.lines.length;
      setPlace(next);
      log?.show(found.lines[next] ?? 1);
    },
  };
}
