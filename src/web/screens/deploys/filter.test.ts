import { describe, expect, it } from 'vitest';
import { formatFilter, historyQuery, isFiltered, parseFilter } from './filter.ts';

const nothing = { days: 31 };
const parsed = (search: string) => JSON.parse(JSON.stringify(parseFilter(search)));

describe('the filter of the history', () => {
  it('comes back from the address as it went there', () => {
    const search =
      '?app=harbor&environment=production&state=failed%2Ccancelled&kind=rollback&who=ada&text=buoy&since=2026-11-01&until=2026-11-20&days=90';
    expect(formatFilter(parseFilter(search))).toBe(search);
    expect(formatFilter(parseFilter(''))).toBe('');
  });

  it('leaves out what it does not understand', () => {
    expect(parsed('?state=flying&kind=jump&since=yesterday&until=2026-02-30&days=7&app=%20')).toEqual(
      nothing,
    );
    expect(parsed('?state=flying,failed')).toEqual({ ...nothing, state: 'failed' });
  });

  it('knows whether it leaves anything out', () => {
    expect(isFiltered(parseFilter('?days=90'))).toBe(false);
    expect(isFiltered(parseFilter('?who=ada'))).toBe(true);
  });

  it("means days of the viewer, from the first one's beginning to the last one's end", () => {
    const query = historyQuery(parseFilter('?since=2026-11-20&until=2026-11-20'));
    expect(query).toEqual({
      since: new Date(2026, 10, 20).toISOString(),
      until: new Date(2026, 10, 21).toISOString(),
    });
  });
});
