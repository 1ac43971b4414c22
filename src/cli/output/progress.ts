import type { DeployState, StepState } from '../../contract/deploys.ts';
import { writeDuration } from './time.ts';
import { displayWidth, truncate } from './width.ts';

/** What a progress bar is drawn from. */
export interface ProgressFacts {
  readonly state: DeployState;
  readonly steps: readonly { readonly name: string; readonly state: StepState }[];
  /** Seconds since the start; null before it. */
  readonly elapsedSeconds: number | null;
  readonly estimateSeconds: number | null;
}

const ceiling = 0.95;
const done: readonly StepState[] = ['succeeded', 'failed', 'cancelled', 'skipped', 'unknown'];

/** How far a deploy is, 0 to 1: by time against the estimate, without one by steps. Full only when it succeeded. */
export function progressOf(facts: ProgressFacts): number {
  if (facts.state === 'succeeded') return 1;
  if (facts.elapsedSeconds === null) return 0;
  if (facts.estimateSeconds !== null && facts.estimateSeconds > 0) {
    return Math.min(ceiling, Math.max(0, facts.elapsedSeconds / facts.estimateSeconds));
  }
  if (facts.steps.length === 0) return 0;
  // One more than there are steps: what is verified after them counts too.
  return Math.min(ceiling, stepsDone(facts) / (facts.steps.length + 1));
}

const stepsDone = (facts: ProgressFacts): number =>
  facts.steps.filter((step) => done.includes(step.state)).length;

/** `2/4 Restart`, `verifying`, `cancelling`: what it does now. */
export function writeStep(facts: ProgressFacts): string {
  if (facts.state !== 'running') return facts.state;
  const index = facts.steps.findIndex((step) => step.state === 'running');
  const step = facts.steps[index];
  if (step === undefined) return 'running';
  return `${index + 1}/${facts.steps.length} ${step.name}`;
}

/** `12 s of about 30 s`, or what is known of it. */
export function writeElapsed(facts: ProgressFacts): string {
  if (facts.elapsedSeconds === null) return '';
  const elapsed = writeDuration(Math.floor(Math.max(0, facts.elapsedSeconds)));
  return facts.estimateSeconds === null
    ? elapsed
    : `${elapsed} of about ${writeDuration(facts.estimateSeconds)}`;
}

/** A bar of `width` columns. */
export function drawBar(fraction: number, width: number, unicode: boolean): string {
  const [full, empty] = unicode ? ['█', '░'] : ['#', '.'];
  const filled = Math.round(Math.min(1, Math.max(0, fraction)) * width);
  return full.repeat(filled) + empty.repeat(width - filled);
}

/** Bar, per cent, step and times on one line; the narrower the terminal, the less of it. */
export function drawProgress(facts: ProgressFacts, columns: number, unicode: boolean): string {
  const fraction = progressOf(facts);
  const percent = `${String(Math.floor(fraction * 100)).padStart(3)} %`;
  const words = [writeStep(facts), writeElapsed(facts)].filter((part) => part !== '');
  const width = Math.min(30, Math.floor(columns / 3));
  const bar = width < 5 ? '' : `${drawBar(fraction, width, unicode)} `;
  const line = `${bar}${percent}  ${words.join(' · ')}`;
  return displayWidth(line) <= columns ? line : truncate(`${bar}${percent}  ${words[0] ?? ''}`, columns);
}
