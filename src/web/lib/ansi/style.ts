/** A colour of the 256 of a terminal (the first 16 are the theme's), or `#rrggbb`. */
export type Colour = number | `#${string}`;

/** How a terminal shows what comes next. What is not set is as usual. */
export interface AnsiStyle {
  readonly foreground?: Colour;
  readonly background?: Colour;
  readonly bold?: true;
  readonly dim?: true;
  readonly italic?: true;
  readonly underline?: true;
  readonly inverse?: true;
  readonly concealed?: true;
  readonly struck?: true;
}

/** As a terminal begins. A style that sets nothing is always this very object. */
export const plainStyle: AnsiStyle = {};

type Flag = 'bold' | 'dim' | 'italic' | 'underline' | 'inverse' | 'concealed' | 'struck';

const sets: Readonly<Record<number, Flag>> = {
  1: 'bold',
  2: 'dim',
  3: 'italic',
  4: 'underline',
  7: 'inverse',
  8: 'concealed',
  9: 'struck',
  21: 'underline',
};

const unsets: Readonly<Record<number, readonly (Flag | 'foreground' | 'background')[]>> = {
  22: ['bold', 'dim'],
  23: ['italic'],
  24: ['underline'],
  27: ['inverse'],
  28: ['concealed'],
  29: ['struck'],
  39: ['foreground'],
  49: ['background'],
};

const applied = new WeakMap<AnsiStyle, Map<string, AnsiStyle>>();
/** A program that draws pictures knows more; then it is worked out again. */
const mostRemembered = 4096;

/**
 * The style after `ESC [ parameters m` (ECMA-48, "SGR"), with the colours of xterm: 30–37, 90–97, `38;5;n` and
 * `38;2;r;g;b`, also written with colons. What it does not know changes nothing.
 */
export function applySgr(style: AnsiStyle, parameters: string): AnsiStyle {
  let after = applied.get(style);
  if (after === undefined || after.size >= mostRemembered) {
    after = new Map();
    applied.set(style, after);
  }
  let next = after.get(parameters);
  if (next === undefined) {
    next = workOut(style, parameters);
    after.set(parameters, next);
  }
  return next;
}

function workOut(style: AnsiStyle, parameters: string): AnsiStyle {
  const groups = parameters.split(';').map((group) => group.split(':').map(numberOf));
  let next: AnsiStyle = style;
  for (let at = 0; at < groups.length; at += 1) {
    const group = groups[at] ?? [];
    const code = group[0] ?? 0;
    if (code !== 38 && code !== 48) {
      next = applyCode(next, group);
      continue;
    }
    // With colons all of it stands in one group, with semicolons in those that follow.
    const words = group.length > 1 ? withoutColourSpace(group.slice(1)) : groups.slice(at + 1).map(first);
    const { colour, taken } = readColour(words);
    if (group.length === 1) at += taken;
    if (colour !== undefined) next = { ...next, [code === 38 ? 'foreground' : 'background']: colour };
  }
  return Object.keys(next).length === 0 ? plainStyle : next;
}

const numberOf = (text: string): number => (/^\d{1,5}$/.test(text) ? Number(text) : 0);
const first = (group: readonly number[]): number => group[0] ?? 0;

function applyCode(style: AnsiStyle, [code = 0, variant]: readonly number[]): AnsiStyle {
  if (code === 0) return plainStyle;
  // `4:0` ends the underline that `4:3` began.
  if (code === 4 && variant === 0) return without(style, ['underline']);
  const flag = sets[code];
  if (flag !== undefined) return { ...style, [flag]: true };
  const gone = unsets[code];
  if (gone !== undefined) return without(style, gone);
  const colour = themeColour(code % 10, code);
  if (colour === undefined) return style;
  return { ...style, [isForeground(code) ? 'foreground' : 'background']: colour };
}

function without(style: AnsiStyle, keys: readonly (keyof AnsiStyle)[]): AnsiStyle {
  const rest = Object.entries(style).filter(([key]) => !keys.includes(key as keyof AnsiStyle));
  return Object.fromEntries(rest);
}

/** 30–37 and 40–47 are the eight colours, 90–97 and 100–107 their bright ones. */
function themeColour(digit: number, code: number): number | undefined {
  if (digit > 7) return undefined;
  const decade = code - digit;
  if (decade === 30 || decade === 40) return digit;
  return decade === 90 || decade === 100 ? digit + 8 : undefined;
}

const isForeground = (code: number): boolean => code < 40 || (code >= 90 && code < 100);

/** `38:2::r:g:b` has the number of a colour space, mostly none, before its red. */
const withoutColourSpace = (words: readonly number[]): readonly number[] =>
  words[0] === 2 && words.length > 4 ? [2, ...words.slice(2)] : words;

/** The colour that `words` begin with, and how many of them say it. */
function readColour([kind, ...words]: readonly number[]): { colour: Colour | undefined; taken: number } {
  if (kind === 5)
    return { colour: words[0] !== undefined && words[0] < 256 ? words[0] : undefined, taken: 2 };
  if (kind !== 2) return { colour: undefined, taken: 1 };
  const parts = [words[0] ?? 0, words[1] ?? 0, words[2] ?? 0];
  return { colour: parts.every((part) => part < 256) ? hexOf(parts) : undefined, taken: 4 };
}

const hexOf = (parts: readonly number[]): `#${string}` =>
  `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;

const cube = [0, 95, 135, 175, 215, 255];

/** A colour as CSS has it; those below 16 are the theme's, and have no value here. */
export function cssColour(colour: Colour): string | undefined {
  if (typeof colour === 'string') return colour;
  if (colour < 16) return undefined;
  if (colour >= 232) return hexOf(Array(3).fill(8 + (colour - 232) * 10));
  const place = colour - 16;
  return hexOf([Math.floor(place / 36), Math.floor(place / 6) % 6, place % 6].map((each) => cube[each] ?? 0));
}
