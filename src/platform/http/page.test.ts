import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idFromCursor, pageById } from './page.ts';

describe('a cursor', () => {
  it('is absent on the first page', () => {
    expect(idFromCursor(undefined)).toBeUndefined();
  });

  it('stands for an id', () => {
    expect(idFromCursor('17')).toBe(17);
  });

  it.each(['', '0', '01', '-1', '1.5', 'abc', '1 ', '9'.repeat(16)])('%j is refused', (cursor) => {
    expect(() => idFromCursor(cursor)).toThrow('query.cursor: use `next_cursor` of the page before');
  });
});

describe('pages', () => {
  it('show all rows once, in order, whatever their size', () => {
    fc.assert(
      fc.property(fc.nat({ max: 40 }), fc.integer({ min: 1, max: 12 }), (count, limit) => {
        const table = Array.from({ length: count }, (_, index) => ({ id: count - index }));
        const select = (before: number | undefined) =>
          table.filter(({ id }) => before === undefined || id < before).slice(0, limit + 1);
        const seen: number[] = [];
        let cursor: string | undefined;
        do {
          const page = pageById(select(idFromCursor(cursor)), limit, ({ id }) => id);
          expect(page.items.length).toBeLessThanOrEqual(limit);
          seen.push(...page.items);
          cursor = page.next_cursor ?? undefined;
        } while (cursor !== undefined);
        expect(seen).toEqual(table.map(({ id }) => id));
      }),
    );
  });

  it('end without an empty one', () => {
    expect(pageById([{ id: 2 }, { id: 1 }], 2, ({ id }) => id)).toEqual({ items: [2, 1], next_cursor: null });
    expect(pageById([{ id: 2 }, { id: 1 }], 1, ({ id }) => id)).toEqual({ items: [2], next_cursor: '2' });
  });
});
