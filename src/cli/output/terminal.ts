import { styleText } from 'node:util';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Where output goes, and what that place can show. */
export interface Terminal {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Someone watches standard output. */
  readonly watched: boolean;
  /** Someone watches, and can answer questions. */
  readonly interactive: boolean;
  readonly colours: boolean;
  /** Characters beyond ASCII can be drawn. */
  readonly unicode: boolean;
  /** Columns of the terminal; unlimited when output goes elsewhere. */
  columns(): number;
  /** The text in a style, where colours are shown. */
  paint(style: Style | readonly Style[], text: string): string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The terminal of this process. NO_COLOR, FORCE_COLOR, TERM=dumb, COLUMNS and the locale are respected. */
export function openTerminal(process: NodeJS.Process): Terminal {
  const { stdin, stdout, stderr, env } = process;
  const dumb = env.TERM === 'dumb';
  const watched = stdout.isTTY === true && !dumb;
  const colours = wantsColours(env, watched);
  return {
    stdout,
    stderr,
    watched,
    interactive: stdin.isTTY === true && stderr.isTTY === true && !dumb,
    colours,
    unicode: drawsUnicode(env),
    columns: () => columnsOf(env, stdout),
    paint: (style, text) =>
      colours && text !== '' ? styleText(style as Style[], text, { validateStream: false }) : text,
  };
}

/** https://no-color.org and https://force-color.org: forcing wins over refusing. */
export function wantsColours(env: Environment, watched: boolean): boolean {
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '') {
    return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  }
  return watched && !env.NO_COLOR;
}

/** Only a locale that says otherwise: containers often have none, and terminals that cannot are rare. */
export function drawsUnicode(env: Environment): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return locale === '' || /utf-?8/i.test(locale);
}

function columnsOf(env: Environment, stdout: NodeJS.WriteStream): number {
  if (stdout.isTTY && stdout.columns > 0) return stdout.columns;
  const given = Number(env.COLUMNS);
  return Number.isInteger(given) && given > 0 ? given : Number.POSITIVE_INFINITY;
}
