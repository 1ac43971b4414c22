import type { JobSpec } from '../plan/index.ts';

/** A job that shall end, and why. */
export interface CancelOrder {
  readonly key: string;
  readonly reason: string;
}

/**
 * Jobs that wait for their turn: so many at once, and of each concurrency group one. As on GitHub, of those that wait
 * for their group only the newest stays, and with `cancel-in-progress` the one that has it is cancelled for it.
 */
export function createJobQueue(atOnce: number) {
  /** Each has its group, and waits for one of those that run to end. */
  let ready: JobSpec[] = [];
  const running = new Set<string>();
  /** By group: the job that has it, and the one that is next. */
  const holders = new Map<string, string>();
  const next = new Map<string, JobSpec>();
  /** Those that were next before, until they are dropped. */
  let overtaken: JobSpec[] = [];

  /** Answers those that must give way to it. */
  function add(spec: JobSpec): CancelOrder[] {
    const group = groupOf(spec);
    const holder = group === null ? undefined : holders.get(group);
    if (group === null || holder === undefined) {
      if (group !== null) holders.set(group, spec.key);
      ready.push(spec);
      return [];
    }
    const before = next.get(group);
    if (before !== undefined) overtaken.push(before);
    next.set(group, spec);
    const given = [before?.key, spec.concurrency?.cancelInProgress ? holder : undefined];
    const reason = `${spec.name} is newer in the concurrency group ${spec.concurrency?.group}`;
    return given.flatMap((key) => (key === undefined ? [] : [{ key, reason }]));
  }

  /** Those whose turn it is; they count as running until `ended`. */
  function take(): JobSpec[] {
    const taken = ready.slice(0, Math.max(0, atOnce - running.size));
    ready = ready.slice(taken.length);
    for (const { key } of taken) running.add(key);
    return taken;
  }

  /** Takes one that waits out of the queue; undefined when none of that key waits. */
  function drop(key: string): JobSpec | undefined {
    const waiting = [...overtaken, ...next.values(), ...ready].find((spec) => spec.key === key);
    if (waiting === undefined) return undefined;
    const group = groupOf(waiting);
    overtaken = overtaken.filter((spec) => spec !== waiting);
    if (group !== null && next.get(group) === waiting) next.delete(group);
    ready = ready.filter((spec) => spec !== waiting);
    release(waiting.key);
    return waiting;
  }

  function ended(key: string): void {
    running.delete(key);
    release(key);
  }

  /** Hands its group, if it has one, to the job that is next. */
  function release(key: string): void {
    for (const [group, holder] of holders) {
      if (holder !== key) continue;
      const follower = next.get(group);
      next.delete(group);
      if (follower === undefined) holders.delete(group);
      else {
        holders.set(group, follower.key);
        ready.push(follower);
      }
    }
  }

  return { add, take, drop, ended };
}

/** Names of groups are compared without case. */
const groupOf = (spec: JobSpec): string | null => spec.concurrency?.group.toLowerCase() ?? null;
