import type { EnvironmentConfig } from './configuration.ts';
import type { StepState } from './deploys.ts';

/** Proof that a runner holds a deploy. Every report carries it; a stale one is answered with `lost`. */
export interface Lease {
  readonly deployId: number;
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
  readonly identity: Readonly<Record<string, unknown>>;
}

export type LeaseState = { kind: 'held' } | { kind: 'cancelling'; by: string } | { kind: 'lost' };

/** How a deploy ended, as its runner saw it. */
export interface Outcome {
  readonly state: 'succeeded' | 'failed' | 'cancelled';
  /** In words, for people; for a failure what happened and where. */
  readonly result: string;
}

/** What a runner may ask of Slipway. Every call is safe to repeat. */
export interface RunnerGateway {
  /** The other runners of this machine that have not said goodbye: which live, and which are dead for certain. */
  peers(runner: RunnerInfo): Promise<{ alive: string[]; dead: string[] }>;
  /** Announces a runner. What dead runners of its machine held is settled: their processes must be gone by now. */
  register(runner: RunnerInfo): Promise<void>;
  /** Takes the next deploy that may start now, if there is one. */
  leaseNext(runnerId: string): Promise<Assignment | undefined>;
  /** Keeps the leases alive and says how each stands. */
  heartbeat(runnerId: string, leases: readonly Lease[]): Promise<ReadonlyMap<number, LeaseState>>;
  stepStarted(lease: Lease, position: number): Promise<LeaseState>;
  stepFinished(lease: Lease, position: number, state: StepState, detail: string | null): Promise<LeaseState>;
  verifying(lease: Lease): Promise<LeaseState>;
  finish(lease: Lease, outcome: Outcome): Promise<LeaseState>;
  /** Says goodbye: nothing is leased to it any more. */
  unregister(runnerId: string): Promise<void>;
  /** Calls `listener` whenever there may be something to do. Answers the function that ends it. */
  onWork(listener: () => void): () => void;
}
