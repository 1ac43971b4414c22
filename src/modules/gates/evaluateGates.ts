import { readableTime } from '../../contract/common.ts';
import type { DeployKind, DeployState, GateReason } from '../../contract/deploys.ts';
import { type CheckFacts, evaluateChecks } from './checkGate.ts';

/** All that a verdict depends on, loaded at one moment. */
export interface GateFacts {
  readonly deploy: {
    readonly name: string;
    readonly kind: DeployKind;
    readonly state: DeployState;
    readonly shortSha: string;
    /** The commit is among the good releases of this environment: shipped there, and not rolled back from. */
    readonly goodHere: boolean;
    readonly held: { readonly reason: string } | null;
    readonly forced: boolean;
    /** The configuration no longer declares its environment. */
    readonly environmentRemoved: boolean;
  };
  readonly locks: readonly LockFact[];
  readonly active: {
    readonly name: string;
    readonly state: DeployState;
    readonly remainingSeconds: number | null;
  } | null;
  /** Queued before this one, in their order. */
  readonly ahead: readonly QueuedFact[];
  readonly checks: CheckFacts;
  readonly runners: { readonly alive: number; readonly free: number };
}

export interface LockFact {
  readonly id: number;
  readonly scope: string;
  readonly reason: string;
  readonly by: string;
  readonly since: string;
  readonly until: string | null;
}

export interface QueuedFact {
  readonly name: string;
  readonly kind: DeployKind;
  readonly goodHere: boolean;
  readonly held: boolean;
}

export interface Verdict {
  readonly allowed: boolean;
  /** What stops it, in the order in which it must be cleared. */
  readonly reasons: GateReason[];
  /** What would have stopped it, but was passed or skipped, and why. */
  readonly notes: string[];
}

/** Decides whether a queued deploy may start now. Pure: the same facts give the same verdict. */
export function evaluateGates(facts: GateFacts): Verdict {
  if (facts.deploy.state !== 'queued') return { allowed: false, reasons: [notQueued(facts)], notes: [] };
  const lock = lockGate(facts);
  const checks = evaluateChecks(facts.checks, facts.deploy);
  const reasons = [
    ...declaredGate(facts),
    ...heldGate(facts),
    ...lock.reasons,
    ...activeGate(facts),
    ...queueGate(facts),
    ...checks.reasons,
    ...runnerGate(facts),
  ];
  return { allowed: reasons.length === 0, reasons, notes: [...lock.notes, ...checks.notes] };
}

/** Whether a deploy of this kind goes through locks: a rollback, or a re-deploy of what was good there. */
export const passesLocks = (deploy: { kind: DeployKind; goodHere: boolean }): boolean =>
  deploy.kind === 'rollback' || (deploy.kind === 'redeploy' && deploy.goodHere);

function notQueued({ deploy }: GateFacts): GateReason {
  return {
    code: 'not_queued',
    message: `${deploy.name} is ${deploy.state}; it does not wait`,
    cleared_by: 'nobody needs to',
    action: null,
    skippable: false,
  };
}

function declaredGate({ deploy }: GateFacts): GateReason[] {
  if (!deploy.environmentRemoved) return [];
  return [
    {
      code: 'environment_removed',
      message: 'its environment is no longer declared in slipway.yml',
      cleared_by: 'an admin, by declaring it again',
      action: `slipway cancel ${deploy.name}`,
      skippable: false,
    },
  ];
}

function heldGate({ deploy }: GateFacts): GateReason[] {
  if (deploy.held === null) return [];
  return [
    {
      code: 'held',
      message: `held: ${deploy.held.reason}`,
      cleared_by: 'anyone who may deploy this app',
      action: `slipway start ${deploy.name}`,
      skippable: false,
    },
  ];
}

function lockGate({ deploy, locks }: GateFacts): { reasons: GateReason[]; notes: string[] } {
  if (passesLocks(deploy)) {
    const why =
      deploy.kind === 'rollback' ? 'a rollback' : `a re-deploy of ${deploy.shortSha}, which was good here,`;
    return {
      reasons: [],
      notes: locks.map(
        (lock) => `passed the lock on ${lock.scope} by ${lock.by} ("${lock.reason}"): ${why} always passes`,
      ),
    };
  }
  return { reasons: locks.map(lockReason), notes: [] };
}

function lockReason(lock: LockFact): GateReason {
  const everything = lock.scope === 'everything';
  const until = lock.until === null ? '' : `, until ${readableTime(lock.until)}`;
  return {
    code: 'locked',
    message: `${lock.scope} is locked by ${lock.by} since ${readableTime(lock.since)}${until}: ${lock.reason}`,
    cleared_by: everything ? 'an admin' : `${lock.by}, or anyone who may deploy this app`,
    action: everything ? 'slipway unlock --start' : `slipway unlock ${lock.scope.replace('/', ' ')} --start`,
    skippable: false,
  };
}

function activeGate({ active }: GateFacts): GateReason[] {
  if (active === null) return [];
  return [
    {
      code: 'active_deploy',
      message: `${active.name} is ${active.state}${remaining(active.remainingSeconds)}; one deploy at a time`,
      cleared_by: 'it finishes by itself',
      action: `slipway cancel ${active.name}`,
      skippable: false,
    },
  ];
}

const remaining = (seconds: number | null) =>
  seconds === null ? '' : `, about ${Math.ceil(seconds)} s to go`;

/** Those that are held or locked themselves do not keep others waiting. */
function queueGate({ ahead, locks }: GateFacts): GateReason[] {
  const moving = ahead.filter((other) => !other.held && (locks.length === 0 || passesLocks(other)));
  if (moving.length === 0) return [];
  const first = moving[0]?.name ?? '';
  const others = moving.length === 1 ? '' : ` and ${moving.length - 1} more`;
  return [
    {
      code: 'behind_in_queue',
      message: `behind ${first}${others} in the queue`,
      cleared_by: 'they go first, in order',
      action: `slipway why ${first}`,
      skippable: false,
    },
  ];
}

function runnerGate({ runners }: GateFacts): GateReason[] {
  if (runners.alive === 0) {
    return [
      {
        code: 'no_runner',
        message: 'no runner is alive',
        cleared_by: 'whoever operates Slipway',
        action: 'slipway doctor',
        skippable: false,
      },
    ];
  }
  if (runners.free > 0) return [];
  return [
    {
      code: 'runners_busy',
      message: `all ${runners.alive} runner(s) are busy`,
      cleared_by: 'they finish by themselves',
      action: null,
      skippable: false,
    },
  ];
}
