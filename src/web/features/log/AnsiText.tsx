import { type CSSProperties, memo } from 'react';
import {
  type AnsiStyle,
  type Colour,
  cssColour,
  legibleOn,
  parseLine,
  type Segment,
} from '../../lib/ansi/index.ts';
import { classes } from '../../ui/classes.ts';
import styles from './AnsiText.module.css';
import { highlight, type MarkedSegment } from './highlight.ts';

export interface AnsiTextProps {
  readonly text: string;
  /** How the line begins. */
  readonly start: AnsiStyle;
  /** Marked wherever it is found. */
  readonly needle: string;
}

/** A line of a log with its colours, the text searched for marked, and addresses as links. */
export const AnsiText = memo(function AnsiText({ text, start, needle }: AnsiTextProps) {
  const { segments } = parseLine(text, start);
  const [only] = segments;
  if (
    segments.length === 1 &&
    only !== undefined &&
    isPlain(only) &&
    needle === '' &&
    !only.text.includes('://')
  )
    return only.text;
  const marked: readonly MarkedSegment[] =
    needle === '' ? segments.map((segment) => ({ ...segment, hit: false })) : highlight(segments, needle);
  return marked.map((segment, index) => {
    const Tag = segment.hit ? 'mark' : 'span';
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: segments have no identity but their place.
      <Tag key={index} className={classNameOf(segment)} style={styleOf(segment.style)}>
        {withLinks(segment.text)}
      </Tag>
    );
  });
});

const isPlain = ({ style }: Segment): boolean => Object.keys(style).length === 0;

function classNameOf({ style, hit }: MarkedSegment): string {
  return classes(
    hit && styles.hit,
    style.bold && styles.bold,
    style.dim && styles.dim,
    style.italic && styles.italic,
    style.underline && styles.underline,
    style.struck && styles.struck,
    style.concealed && styles.concealed,
  );
}

const known = new WeakMap<AnsiStyle, CSSProperties>();

function styleOf(style: AnsiStyle): CSSProperties {
  let found = known.get(style);
  if (found === undefined) {
    found = coloursOf(style);
    known.set(style, found);
  }
  return found;
}

/**
 * Text on a colour stays legible: light text gets the deep shade of the theme's colour, and dark text, which
 * programs ask for on light colours, its light one.
 */
function coloursOf({ foreground, background, inverse }: AnsiStyle): CSSProperties {
  if (inverse) {
    const color = background === undefined ? 'var(--log-paper)' : deep(background);
    return { color, backgroundColor: foreground === undefined ? 'var(--log-ink)' : light(foreground) };
  }
  if (background === undefined) return foreground === undefined ? {} : { color: ink(foreground) };
  if (foreground === 0) return { color: 'var(--log-paper)', backgroundColor: light(background) };
  const color = foreground === undefined ? 'var(--log-ink)' : light(foreground);
  return { color, backgroundColor: deep(background) };
}

/** That of the panel's `--log-paper`. */
const paper = '#0b1a1d';

/** A colour of text. */
function ink(colour: Colour): string {
  const exact = cssColour(colour);
  return exact === undefined ? `var(--ansi-${colour})` : legibleOn(paper, exact);
}

const light = (colour: Colour): string => cssColour(colour) ?? `var(--ansi-${colour})`;
const deep = (colour: Colour): string => cssColour(colour) ?? `var(--ansi-deep-${Number(colour) % 8})`;

const address = /https?:\/\/[^\s<>"'`]*[^\s<>"'`.,;:!?)\]}]/g;

function withLinks(text: string) {
  if (!text.includes('://')) return text;
  const parts = [];
  let done = 0;
  for (const found of text.matchAll(address)) {
    parts.push(text.slice(done, found.index));
    parts.push(
      <a key={found.index} href={found[0]} target="_blank" rel="noopener noreferrer" className={styles.link}>
        {found[0]}
      </a>,
    );
    done = found.index + found[0].length;
  }
  parts.push(text.slice(done));
  return parts;
}
