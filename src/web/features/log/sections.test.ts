import { describe, expect, it } from 'vitest';
import { highlight } from './highlight.ts';
import { lineHash, parseLineHash } from './lineRange.ts';
import { createMarkReader, foldsOf, type Section, sectionAt } from './sections.ts';

const bold = (text: string) => `\u001b[1m${text}\u001b[0m`;
const step = (position: number, line: number): Section => ({ kind: 'step', position, line });

describe('sections', () => {
  it('are recognised in their order, and only in what Slipway itself says', () => {
    const read = createMarkReader('harbor/staging#3', [
      { position: 1, name: 'Build' },
      { position: 2, name: 'Ship' },
    ]);
    expect(read({ number: 3, text: bold('▸ step 1/2 Build: make') }, [])).toEqual(step(1, 3));
    expect(read({ number: 4, text: '▸ step 2/2 Ship: pretended' }, [step(1, 3)])).toBeUndefined();
    expect(read({ number: 4, text: bold('▸ step 1/2 Build: again') }, [step(1, 3)])).toBeUndefined();
    expect(read({ number: 9, text: bold('▸ step 2/2 Ship: ./ship') }, [step(1, 3)])).toEqual(step(2, 9));
    expect(read({ number: 11, text: bold('▸ verify https://x') }, [step(1, 3)])).toMatchObject({
      kind: 'verification',
      line: 11,
    });
    expect(read({ number: 12, text: bold('✗ harbor/staging#3 failed: x') }, [])).toMatchObject({
      kind: 'end',
    });
    expect(read({ number: 12, text: bold('✗ harbor/staging#30 failed: x') }, [])).toBeUndefined();
  });

  it('fold what stands below their first line, and never how it ended', () => {
    const sections: Section[] = [
      step(1, 3),
      step(2, 9),
      step(3, 10),
      { kind: 'end', position: null, line: 15 },
    ];
    expect(foldsOf(sections, 15)).toEqual([
      { section: step(1, 3), from: 4, to: 8 },
      { section: step(3, 10), from: 11, to: 14 },
    ]);
    expect(sectionAt(sections, 2)).toBeUndefined();
    expect(sectionAt(sections, 9)).toEqual(step(2, 9));
  });
});

describe('links to lines', () => {
  it('are read as they are written', () => {
    for (const range of [
      { from: 12, to: 12 },
      { from: 3, to: 1_000_000 },
    ])
      expect(parseLineHash(lineHash(range))).toEqual(range);
    expect(parseLineHash('#L20-L12')).toEqual({ from: 12, to: 20 });
    for (const other of ['', '#', '#L', '#L0', '#L1x', '#12', '#L99999999999'])
      expect(parseLineHash(other)).toBeUndefined();
  });
});

describe('what was searched for', () => {
  it('is marked, also where its style changes', () => {
    const red = { foreground: 1 };
    const marked = highlight(
      [
        { text: 'a err', style: {} },
        { text: 'or error', style: red },
      ],
      'error',
    );
    expect(marked).toEqual([
      { text: 'a ', style: {}, hit: false },
      { text: 'err', style: {}, hit: true },
      { text: 'or', style: red, hit: true },
      { text: ' ', style: red, hit: false },
      { text: 'error', style: red, hit: true },
    ]);
  });

  it('is nowhere when it is empty, exact in its case, and never overlaps', () => {
    const segments = [{ text: 'aaaA', style: {} }];
    expect(highlight(segments, '')).toEqual([{ ...segments[0], hit: false }]);
    expect(highlight(segments, 'aa').map(({ text, hit }) => [text, hit])).toEqual([
      ['aa', true],
      ['aA', false],
    ]);
  });
});
