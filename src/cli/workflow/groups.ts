import type { Style, Terminal } from '../output/terminal.ts';

/** A line of a step's output as the log's own marks make it: text, or the begin or end of a group. */
export type LogLine =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'message'; readonly level: MessageLevel; readonly text: string }
  | { readonly kind: 'group'; readonly title: string }
  | { readonly kind: 'end-group' };

type MessageLevel = 'error' | 'warning' | 'notice' | 'debug' | 'command';

const messageMark = /^(?:##)?\[(error|warning|notice|debug|command)\](.*)$/;
const mark = /^(?:##\[(group|endgroup)\]|::(group|endgroup)::)(.*)$/;

/** Reads a line for the marks that open and close groups. */
export function readLogLine(line: string): LogLine {
  if (!/^[#[:]/.test(line)) return { kind: 'text', text: line };
  const [, first, second, title = ''] = mark.exec(line) ?? [];
  const word = first ?? second;
  if (word === undefined) return readMessage(line);
  return word === 'group' ? { kind: 'group', title } : { kind: 'end-group' };
}

function readMessage(line: string): LogLine {
  const [, level, text = ''] = messageMark.exec(line) ?? [];
  if (level === undefined) return { kind: 'text', text: line };
  return { kind: 'message', level: level as MessageLevel, text };
}

const styleOfLevel: Record<MessageLevel, Style> = {
  error: 'red',
  warning: 'yellow',
  notice: 'cyan',
  debug: 'dim',
  command: 'cyan',
};

/** Shows lines with their groups open (title, then what is in it indented) or folded (title and how much is in it). */
export function createGroups(options: {
  readonly folded: boolean;
  readonly paint: Terminal['paint'];
  readonly triangle: string;
}) {
  let open: { title: string; lines: number } | null = null;
  let anyFolded = false;

  function close(): string[] {
    const group = open;
    open = null;
    if (group === null || !options.folded) return [];
    if (group.lines > 0) anyFolded = true;
    const size = `${group.lines} line${group.lines === 1 ? '' : 's'}`;
    return [options.paint('bold', `${options.triangle} ${group.title} (${size})`)];
  }

  const messageText = ({ level, text }: LogLine & { kind: 'message' }): string =>
    options.paint(styleOfLevel[level], level === 'command' ? `$ ${text}` : `${level}: ${text}`);

  function show(line: LogLine): string[] {
    if (line.kind === 'end-group') return close();
    if (line.kind === 'group') {
      const before = close();
      open = { title: line.title, lines: 0 };
      return options.folded
        ? before
        : [...before, options.paint('bold', `${options.triangle} ${line.title}`)];
    }
    const text = line.kind === 'text' ? line.text : messageText(line);
    if (open === null) return [text];
    open.lines += 1;
    return options.folded ? [] : [`  ${text}`];
  }

  return { show, close, hidSome: () => anyFolded };
}
