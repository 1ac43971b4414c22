/**
 * Which element draws which line. A line that stays keeps its element; one that comes gets that of one that went, in
 * their order: so a log that rushes by changes texts, and neither makes elements nor moves them.
 */
export function assignSlots(
  before: ReadonlyMap<number, number>,
  lines: readonly number[],
): ReadonlyMap<number, number> {
  const stays = new Set(lines);
  const free: number[] = [];
  for (const [line, slot] of before) if (!stays.has(line)) free.push(slot);
  let next = 1 + Math.max(-1, ...before.values());
  let taken = 0;
  const slots = new Map<number, number>();
  for (const line of lines) {
    const slot = before.get(line) ?? free[taken++] ?? next++;
    slots.set(line, slot);
  }
  return slots;
}
