export type { CommitChecks } from './checkStanding.ts';
export {
  evaluateGates,
  type GateFacts,
  type LockFact,
  passesLocks,
  type QueuedFact,
  type Verdict,
} from './evaluateGates.ts';
