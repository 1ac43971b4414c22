export const path = '/api/wind';
export const title = 'Wind';
export const position = 4;

const points = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'];

/** What the anemometer on the mole says; it turns once in eight hours. */
export function data(now) {
  const hour = now.getUTCHours();
  return { from: points[hour % 8], degrees: (hour % 8) * 45, beaufort: 2 + (hour % 4) };
}

export const card = ({ from, degrees, beaufort }) =>
  `<p class="figure"><span class="arrow" style="rotate: ${degrees}deg">↓</span> ${from} ${beaufort}</p>`;
