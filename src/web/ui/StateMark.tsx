import type { DeployState, StepState } from '../../contract/deploys.ts';
import type { KeyState } from '../../contract/projects.ts';
import type { CheckSummary, Repository } from '../../contract/repositories.ts';
import { classes } from './classes.ts';
import styles from './StateMark.module.css';

export type MarkState =
  | DeployState
  | StepState
  | 'held'
  | 'locked'
  | 'live'
  | 'blocked'
  | 'awaiting'
  | `checks_${CheckSummary['state']}`
  | `key_${KeyState}`
  | `repository_${Repository['state']}`;

interface Look {
  readonly word: string;
  readonly tone: 'good' | 'bad' | 'moving' | 'needsYou' | 'quiet';
  readonly shape: keyof typeof shapes;
}

const looks: Record<MarkState, Look> = {
  queued: { word: 'Queued', tone: 'quiet', shape: 'ring' },
  pending: { word: 'Waiting', tone: 'quiet', shape: 'ring' },
  held: { word: 'Held', tone: 'needsYou', shape: 'bars' },
  locked: { word: 'Locked', tone: 'needsYou', shape: 'lock' },
  running: { word: 'Running', tone: 'moving', shape: 'half' },
  verifying: { word: 'Verifying', tone: 'moving', shape: 'target' },
  cancelling: { word: 'Cancelling', tone: 'moving', shape: 'halfStop' },
  succeeded: { word: 'Succeeded', tone: 'good', shape: 'tick' },
  failed: { word: 'Failed', tone: 'bad', shape: 'cross' },
  cancelled: { word: 'Cancelled', tone: 'quiet', shape: 'stop' },
  superseded: { word: 'Superseded', tone: 'quiet', shape: 'skip' },
  skipped: { word: 'Skipped', tone: 'quiet', shape: 'skip' },
  blocked: { word: 'Blocked', tone: 'bad', shape: 'skip' },
  awaiting: { word: 'Needs approval', tone: 'needsYou', shape: 'bars' },
  unknown: { word: 'Unknown', tone: 'needsYou', shape: 'question' },
  live: { word: 'Live', tone: 'moving', shape: 'pin' },
  checks_none: { word: 'No checks', tone: 'quiet', shape: 'ring' },
  checks_pending: { word: 'Checks running', tone: 'moving', shape: 'half' },
  checks_failed: { word: 'Checks failed', tone: 'bad', shape: 'cross' },
  checks_passed: { word: 'Checks passed', tone: 'good', shape: 'tick' },
  key_active: { word: 'Active', tone: 'moving', shape: 'target' },
  key_retiring: { word: 'Retiring', tone: 'needsYou', shape: 'half' },
  key_revoked: { word: 'Revoked', tone: 'quiet', shape: 'stop' },
  repository_never_fetched: { word: 'Never fetched', tone: 'quiet', shape: 'ring' },
  repository_fetching: { word: 'Fetching', tone: 'moving', shape: 'half' },
  repository_ok: { word: 'Fetched', tone: 'good', shape: 'tick' },
  repository_failing: { word: 'Failing', tone: 'bad', shape: 'cross' },
};

// Each differs from all others in its outline or its filling: they are told apart in grey, and small.
const shapes = {
  ring: <circle cx="8" cy="8" r="5.75" fill="none" strokeDasharray="2.6 2" />,
  bars: (
    <>
      <circle cx="8" cy="8" r="6.25" fill="none" />
      <path d="M6.2 5.4v5.2M9.8 5.4v5.2" />
    </>
  ),
  lock: (
    <>
      <rect x="3" y="7" width="10" height="7" rx="1" fill="currentColor" />
      <path d="M5.2 7V5a2.8 2.8 0 0 1 5.6 0v2" fill="none" />
    </>
  ),
  half: (
    <>
      <circle cx="8" cy="8" r="6.25" fill="none" />
      <path d="M8 1.75a6.25 6.25 0 0 1 0 12.5z" fill="currentColor" stroke="none" />
    </>
  ),
  target: (
    <>
      <circle cx="8" cy="8" r="6.25" fill="none" />
      <circle cx="8" cy="8" r="2.5" fill="currentColor" stroke="none" />
    </>
  ),
  halfStop: (
    <>
      <circle cx="8" cy="8" r="6.25" fill="none" />
      <rect x="5.5" y="5.5" width="5" height="5" fill="currentColor" stroke="none" />
    </>
  ),
  tick: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" stroke="none" />
      <path d="m4.8 8.2 2.2 2.2 4.2-4.6" className={styles.cut} fill="none" />
    </>
  ),
  cross: (
    <>
      <rect x="1.2" y="1.2" width="13.6" height="13.6" rx="1" fill="currentColor" stroke="none" />
      <path d="m5 5 6 6m0-6-6 6" className={styles.cut} />
    </>
  ),
  stop: (
    <>
      <rect x="2" y="2" width="12" height="12" rx="1" fill="none" />
      <path d="M5 8h6" />
    </>
  ),
  skip: <path d="M3 3.5 8 8l-5 4.5zM12.5 3.5v9" fill="none" />,
  question: (
    <>
      <path d="M8 1.2 14.8 8 8 14.8 1.2 8z" fill="none" />
      <path d="M8 5v3.6M8 10.6v.6" />
    </>
  ),
  pin: (
    <path
      d="M8 1.2a5 5 0 0 1 5 5C13 9.8 8 15 8 15S3 9.8 3 6.2a5 5 0 0 1 5-5Zm0 3.3a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4Z"
      fill="currentColor"
      fillRule="evenodd"
      stroke="none"
    />
  ),
};

export interface StateMarkProps {
  readonly state: MarkState;
  /** Says something else than the state's own word. */
  readonly word?: string;
  /** Shows the shape only; the word is its name and its tip. For where words have been said already. */
  readonly bare?: boolean;
}

/** A state as shape, word and colour: any two may be lost, and it is still understood. */
export function StateMark({ state, word, bare = false }: StateMarkProps) {
  const look = looks[state];
  const said = word ?? look.word;
  return (
    <span
      className={classes(styles.mark, styles[look.tone])}
      data-state={state}
      data-tip={bare ? said : undefined}
      data-bare={bare || undefined}
    >
      <svg
        className={styles.shape}
        viewBox="0 0 16 16"
        stroke="currentColor"
        strokeWidth="1.5"
        aria-hidden="true"
        focusable="false"
      >
        {shapes[look.shape]}
      </svg>
      <span className={bare ? 'visually-hidden' : undefined}>{said}</span>
    </span>
  );
}

/** The word of a state, for sentences and titles. */
export const stateWord = (state: MarkState): string => looks[state].word;
