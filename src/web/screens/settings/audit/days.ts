/** The moment at which a day of the viewer begins (`2026-11-22`), as the API takes it; undefined when it is no day. */
export function beginOfDay(day: string): string | undefined {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  if (year === undefined) return undefined;
  const begin = new Date(Number(year), Number(month) - 1, Number(date));
  const exists = begin.getMonth() === Number(month) - 1 && begin.getDate() === Number(date);
  return exists ? begin.toISOString() : undefined;
}

/** The moment at which a day has ended: the begin of the next, which a change of clocks may bring sooner or later. */
export function endOfDay(day: string): string | undefined {
  const begin = beginOfDay(day);
  if (begin === undefined) return undefined;
  const end = new Date(begin);
  end.setDate(end.getDate() + 1);
  return end.toISOString();
}
