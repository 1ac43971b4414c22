import { describe, expect, it } from 'vitest';
import { cssColour, legibleOn, parseLine, plainStyle, plainText, styleAfter } from './index.ts';

const esc = '\u001b';
const sgr = (parameters: string) => `${esc}[${parameters}m`;
const styleOf = (parameters: string) => parseLine(`${sgr(parameters)}x`).segments[0]?.style;

describe('styles', () => {
  it('are set, joined and ended one by one', () => {
    expect(parseLine(`a${sgr('1;31')}b${sgr('22')}c${sgr('39')}d`).segments).toEqual([
      { text: 'a', style: {} },
      { text: 'b', style: { bold: true, foreground: 1 } },
      { text: 'c', style: { foreground: 1 } },
      { text: 'd', style: {} },
    ]);
  });

  it('know the colours of a terminal in all their spellings', () => {
    expect(styleOf('91')).toEqual({ foreground: 9 });
    expect(styleOf('44')).toEqual({ background: 4 });
    expect(styleOf('107')).toEqual({ background: 15 });
    expect(styleOf('38;5;208')).toEqual({ foreground: 208 });
    expect(styleOf('48;2;1;22;255')).toEqual({ background: '#0116ff' });
    expect(styleOf('38:5:208')).toEqual({ foreground: 208 });
    expect(styleOf('38:2::1:22:255')).toEqual({ foreground: '#0116ff' });
    expect(styleOf('38:2:1:22:255')).toEqual({ foreground: '#0116ff' });
    expect(styleOf('38;2;1;2;3;1;4')).toEqual({ foreground: '#010203', bold: true, underline: true });
  });

  it('are not misled by what is no colour', () => {
    expect(styleOf('38;5;999')).toEqual({});
    expect(styleOf('38;2;300;0;0')).toEqual({});
    expect(styleOf('38;7;1')).toEqual({ bold: true });
    expect(styleOf('38;5')).toEqual({});
    expect(styleOf('99999999;1')).toEqual({ bold: true });
    expect(styleOf('?25')).toEqual({});
  });

  it('end with a reset, in whichever way it is written', () => {
    for (const reset of ['', '0', '00', '1;0']) {
      expect(styleAfter(`${sgr('1;31')}x${sgr(reset)}`, plainStyle)).toBe(plainStyle);
    }
    expect(styleAfter(sgr('0;4'), { bold: true })).toEqual({ underline: true });
    expect(styleAfter(sgr('4:0'), { underline: true })).toBe(plainStyle);
  });

  it('have a value in CSS, but for those of the theme', () => {
    expect(cssColour(16)).toBe('#000000');
    expect(cssColour(208)).toBe('#ff8700');
    expect(cssColour(231)).toBe('#ffffff');
    expect(cssColour(232)).toBe('#080808');
    expect(cssColour(255)).toBe('#eeeeee');
    expect(cssColour('#abcdef')).toBe('#abcdef');
    expect(cssColour(3)).toBeUndefined();
  });

  it('can be read on a dark ground, and are as they were asked for where they can', () => {
    expect(legibleOn('#0b1a1d', '#ff8700')).toBe('#ff8700');
    expect(legibleOn('#0b1a1d', '#ffffff')).toBe('#ffffff');
    expect(legibleOn('#0b1a1d', '#0000ff')).toBe('#8080ff');
    expect(legibleOn('#0b1a1d', '#000000')).toBe('#808080');
  });
});

describe('lines', () => {
  it('go on in the style in which the one before ended', () => {
    const first = parseLine(`${sgr('32')}begins`);
    const second = parseLine('goes on', first.end);
    expect(second).toEqual({ segments: [{ text: 'goes on', style: { foreground: 2 } }], end: first.end });
    expect(parseLine('', second.end).end).toEqual({ foreground: 2 });
  });

  it('end in the same style, however that is found out', () => {
    for (const line of [
      `${sgr('31')}a${sgr('0')}b`,
      `${sgr('31')}a${sgr('')}${esc}[K`,
      `${sgr('0')}${sgr('1')}`,
      `${sgr('0')}\u009b4m`,
      `${esc}]0;x${sgr('31')}`,
      `${sgr('0')}${esc}]8;;y${esc}\\`,
      `${sgr('31')}${esc}[0K`,
    ])
      expect(styleAfter(line, plainStyle)).toEqual(parseLine(line, plainStyle).end);
  });

  it('show text only: no sequence but a style is obeyed, and none is seen', () => {
    for (const hidden of [
      `${esc}[2J`,
      `${esc}[12;40H`,
      `${esc}[?1049h`,
      `${esc}]0;a title\u0007`,
      `${esc}]8;;https://example.com${esc}\\`,
      `${esc}Pq#0${esc}\\`,
      `${esc}(B`,
      `${esc}c`,
      '\u009b1m\u009b0m',
      '\u0007\u0000\b',
    ]) {
      expect(plainText(`a${hidden}b`)).toBe('ab');
    }
  });

  it('drop a sequence that their end cuts off, and nothing before it', () => {
    for (const cut of [esc, `${esc}[`, `${esc}[1;3`, `${esc}]0;title`]) {
      expect(plainText(`text${cut}`)).toBe('text');
    }
  });

  it('begin anew at a carriage return, whose text is overwritten while its style lasts', () => {
    expect(plainText(' 10 %\r 50 %\r100 %\r')).toBe('100 %');
    expect(parseLine(`${sgr('31')}old\rnew`).segments).toEqual([{ text: 'new', style: { foreground: 1 } }]);
    expect(plainText('ends as in DOS\r')).toBe('ends as in DOS');
  });

  it('keep tabs, letters of all kinds, and what only looks like markup', () => {
    expect(plainText('\ta <b>b</b> 漢字 🚢 [31m')).toBe('\ta <b>b</b> 漢字 🚢 [31m');
  });

  it('join text of one style that something unseen stood in', () => {
    expect(parseLine(`a${esc}[Kb`).segments).toEqual([{ text: 'ab', style: {} }]);
  });

  it('take a line of escapes by the hundred thousand without comparing each with each other, which would not end', () => {
    parseLine(`${esc}[`.repeat(200_000));
    parseLine(`${esc}]`.repeat(200_000));
    parseLine(sgr('38;5;1').repeat(100_000));
    expect(plainText(`${`${esc}[`.repeat(1000)}mend`)).toBe('end');
  });
});
