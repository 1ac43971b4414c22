import type { EnvironmentConfig } from './configuration.ts';
import type { StepState } from './deploys.ts';

/** Proof that a runner holds a deploy, or a job. Every report carries it; a stale one is answered with `lost`. */
export interface Lease {
  /** Of the deploy or job. */
  readonly id: number;
  readonly token: string;
}

/** A deploy to run, with all that running it takes. */
export interface Assignment {
  readonly lease: Lease;
  readonly name: string;
  readonly app: string;
  readonly environment: string;
  readonly number: number;
  readonly ref: string;
  readonly sha: string;
  readonly previousSha: string | null;
  readonly url: string;
  readonly requestedBy: string;
  /** `verify`: all steps are done, only the verification was cut off by a runner that vanished. */
  readonly phase: 'run' | 'verify';
  readonly config: EnvironmentConfig;
  /** Resolved values of `config.secrets`: environment variable → value. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly mirror: string;
  readonly logFile: string;
  /** What was passed or skipped on the way, for the head of the log. */
  readonly notes: readonly string[];
  readonly startedAt: Date;
}

export interface RunnerInfo {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  /** Tells its process apart from all others on all machines. */
  readonly identity: Readonly<Record<string, unknown>>;
}

/** The mark of all processes of a runner, or of one deploy or job in it, by which its leftovers are found. */
export const processMarker = (runnerId: string, id?: number): string =>
  id === undefined ? `slipway:${runnerId}:` : `slipway:${runnerId}:${id}:`;

export type LeaseState = { kind: 'held' } | { kind: 'cancelling'; reason: string } | { kind: 'lost' };

/** How a deploy ended, as its runner saw it. */
export interface Outcome {
  readonly state: 'succeeded' | 'failed' | 'cancelled';
  /** In words, for people; for a failure what happened and where. */
  readonly result: string;
}

/** How a step ended, and what follows it at once. */
export interface StepEnd {
  readonly state: StepState;
  readonly detail: string | null;
  /** The position of the step that starts at the same moment: not if the deploy is being cancelled. */
  readonly next?: number | undefined;
}

/** What a runner may ask of Slipway. Every call is safe to repeat. */
export interface RunnerGateway {
  /** The other runners that have not said goodbye: those of this machine whose process is gone, and all others. */
  peers(runner: RunnerInfo): Promise<{ dead: string[]; others: string[] }>;
  /** Settles what dead runners held. None of their processes may be left by now. */
  bury(runnerIds: readonly string[]): Promise<void>;
  /** Announces a runner. */
  register(runner: RunnerInfo): Promise<void>;
  /**
   * Takes the next deploy that may start now, if there is one. `held` is all that the runner knows of: what else
   * it holds was lost on the way to it, and is settled.
   */
  leaseNext(runnerId: string, held: readonly Lease[]): Promise<Assignment | undefined>;
  /** Keeps the leases alive and says how each stands. */
  heartbeat(runnerId: string, leases: readonly Lease[]): Promise<ReadonlyMap<number, LeaseState>>;
  stepStarted(lease: Lease, position: number): Promise<LeaseState>;
  stepFinished(lease: Lease, position: number, end: StepEnd): Promise<LeaseState>;
  verifying(lease: Lease): Promise<LeaseState>;
  finish(lease: Lease, outcome: Outcome): Promise<LeaseState>;
  /** Says goodbye: nothing is leased to it any more. */
  unregister(runnerId: string): Promise<void>;
  /** Calls `listener` whenever there may be something to do. Answers the function that ends it. */
  onWork(listener: () => void): () => void;
}
