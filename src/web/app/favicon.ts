import type { DeployState } from '../../contract/deploys.ts';

export type FaviconState = Exclude<DeployState, 'queued' | 'superseded'>;

const colours: Record<FaviconState, string> = {
  running: '#12454d',
  verifying: '#12454d',
  cancelling: '#12454d',
  succeeded: '#1c6b41',
  failed: '#a3281b',
  cancelled: '#4c6367',
};

const signs: Partial<Record<FaviconState, string>> = {
  succeeded: 'm9 16.5 5 5 9-11',
  failed: 'm10 10 12 12m0-12-12 12',
  cancelled: 'M9 16h14',
};

/** The icon of a tab in which something goes on or has ended: an address to load; undefined for the plain one. */
export function favicon(state: FaviconState | undefined, progress: number | undefined): string | undefined {
  if (state === undefined) return undefined;
  const sign = signs[state];
  const drawing = sign
    ? `<path d="${sign}" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round"/>`
    : ring(progress ?? 0);
  const shape = state === 'failed' ? 'rx="3"' : 'rx="16"';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" ${shape} fill="${colours[state]}"/>${drawing}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** A circle that closes as the work goes on. */
function ring(progress: number): string {
  const around = 2 * Math.PI * 9;
  const done = (Math.min(1, Math.max(0.04, progress)) * around).toFixed(1);
  const circle = `cx="16" cy="16" r="9" fill="none" stroke="#fff" stroke-width="5"`;
  return `<circle ${circle} opacity=".3"/><circle ${circle} stroke-dasharray="${done} ${around.toFixed(1)}" transform="rotate(-90 16 16)"/>`;
}
