import { once } from 'node:events';
import { createLogFilter } from './logFilter.ts';
import type { Terminal } from './terminal.ts';
import { clockTime } from './time.ts';

export interface LogStyle {
  /** As it was written, byte for byte. */
  readonly raw: boolean;
  /** Each line begins with the time it was written. */
  readonly times: boolean;
}

/** Writes a log to standard output, at the pace of its reader. */
export interface LogWriter {
  bytes(bytes: Uint8Array): Promise<void>;
  text(text: string, time: string | null): Promise<void>;
  end(): Promise<void>;
}

export function createLogWriter(terminal: Terminal, style: LogStyle): LogWriter {
  const decoder = new TextDecoder();
  const filter = createLogFilter({ colours: terminal.colours });
  let atLineStart = true;

  async function write(data: string | Uint8Array): Promise<void> {
    if (data.length > 0 && !terminal.stdout.write(data)) await once(terminal.stdout, 'drain');
  }

  function timed(text: string, time: string | null): string {
    if (!style.times || text === '') return text;
    const mark = terminal.paint('dim', time === null ? '--:--:--.---' : clockTimeMs(new Date(time)));
    const body = text.endsWith('\n') ? text.slice(0, -1) : text;
    const marked = (atLineStart ? `${mark}  ` : '') + body.replaceAll('\n', `\n${mark}  `);
    atLineStart = text.endsWith('\n');
    return atLineStart ? `${marked}\n` : marked;
  }

  const shown = (text: string) => (style.raw ? text : filter.filter(text));
  return {
    bytes: (bytes) => write(style.raw ? bytes : shown(decoder.decode(bytes, { stream: true }))),
    text: (text, time) => write(timed(shown(text), time)),
    end: () => write(style.raw ? '' : shown(decoder.decode())),
  };
}

const clockTimeMs = (at: Date): string => `${clockTime(at)}.${String(at.getMilliseconds()).padStart(3, '0')}`;
