import type { JobSpec } from '../plan/jobSpec.ts';

/** A job that shall end, and why. */
export interface CancelOrder {
  readonly key: string;
  readonly reason: string;
}

/**
 * Jobs that wait for their turn: so many at once, and of each concurrency group one. As on GitHub, of those that wait
 * in a group only the newest stays, and with `cancel-in-progress` the one that runs is cancelled for it.
 */
export function createJobQueue(atOnce: number) {
  let waiting: JobSpec[] = [];
  const running = new Map<string, string | null>();

  /** Answers those that must give way to it. */
  function add(spec: JobSpec): CancelOrder[] {
    const group = spec.concurrency?.group.toLowerCase();
    if (group === undefined) {
      waiting.push(spec);
      return [];
    }
    const cancelled = waiting.filter((other) => groupOf(other) === group).map(({ key }) => key);
    if (spec.concurrency?.cancelInProgress) {
      for (const [key, runs] of running) if (runs === group) cancelled.push(key);
    }
    waiting.push(spec);
    const reason = `${spec.name} is newer in the concurrency group ${spec.concurrency?.group}`;
    return cancelled.map((key) => ({ key, reason }));
  }

  /** Those whose turn it is; they count as running until `ended`. */
  function take(): JobSpec[] {
    const taken: JobSpec[] = [];
    const left: JobSpec[] = [];
    for (const spec of waiting) {
      if (running.size < atOnce && !isTaken(groupOf(spec))) {
        running.set(spec.key, groupOf(spec));
        taken.push(spec);
      } else left.push(spec);
    }
    waiting = left;
    return taken;
  }

  const isTaken = (group: string | null): boolean => group !== null && [...running.values()].includes(group);

  /** Takes one that waits out of the queue; undefined when none of that key waits. */
  function drop(key: string): JobSpec | undefined {
    const dropped = waiting.find((spec) => spec.key === key);
    waiting = waiting.filter((spec) => spec !== dropped);
    return dropped;
  }

  return { add, take, drop, ended: (key: string) => void running.delete(key) };
}

const groupOf = (spec: JobSpec): string | null => spec.concurrency?.group.toLowerCase() ?? null;
