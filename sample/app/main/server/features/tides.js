export const path = '/api/tides';
export const title = 'Tides';
export const position = 1;

// Two tides in a lunar day of 24 h 50 min. The reference is a high water at Harbor, from the almanac.
const periodMs = 12.42 * 3_600_000;
const reference = Date.parse('2026-01-03T10:40:00Z');

/** The first high water after `now`. */
export function highWater(now) {
  const periods = Math.ceil((now.getTime() - reference) / periodMs);
  return new Date(reference + periods * periodMs);
}

/** The first low water after `now`. */
export function lowWater(now) {
  const after = highWater(now).getTime() + periodMs / 2;
  return new Date(after - periodMs > now.getTime() ? after - periodMs : after);
}

export const data = (now) => ({ high_water: highWater(now), low_water: lowWater(now) });

const clock = (time) => time.toISOString().slice(11, 16);

export const card = ({ high_water, low_water }) => `<p class="figure">${clock(high_water)} <small>high</small></p>
<p class="figure">${clock(low_water)} <small>low</small></p>`;
