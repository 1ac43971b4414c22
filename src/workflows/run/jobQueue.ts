import { claimGroup, type Group, type GroupClaim, type JobSpec, releaseGroup } from '../plan/index.ts';

/** What shall end, a job or a call of which it is all jobs, and why. */
export interface CancelOrder {
  readonly key: string;
  readonly reason: string;
}

/** Jobs that wait for their turn: so many at once, and with all of their concurrency groups (`GroupClaim`). */
export function createJobQueue(atOnce: number) {
  /** Each waits for a group. */
  let blocked: JobSpec[] = [];
  /** Each has its groups, and waits for one of those that run to end. */
  let ready: JobSpec[] = [];
  const running = new Map<string, JobSpec>();
  const groups = new Map<string, Group>();
  /** Holders that lost their turn before they had it: nothing of them starts any more. */
  const overtaken = new Map<string, string>();

  /** Answers those that must give way to it, which may be itself. */
  function add(spec: JobSpec): CancelOrder[] {
    blocked.push(spec);
    return claimAll(spec);
  }

  /** Claims one group after the other, until one has to be waited for. */
  function claimAll(spec: JobSpec): CancelOrder[] {
    const orders: CancelOrder[] = [];
    for (const claim of spec.groups) if (!claimOne(spec, claim, orders)) return orders;
    blocked = blocked.filter((one) => one !== spec);
    ready.push(spec);
    return orders;
  }

  /** Answers whether the group is had now, and adds who must give way. */
  function claimOne(spec: JobSpec, claim: GroupClaim, orders: CancelOrder[]): boolean {
    const lost = overtaken.get(claim.holder);
    if (lost !== undefined) {
      orders.push({ key: spec.key, reason: lost });
      return false;
    }
    const claimed = claimGroup(groups.get(nameOf(claim)) ?? null, claim);
    groups.set(nameOf(claim), claimed.group);
    const reason = `${spec.name} is newer in the concurrency group ${claim.group}`;
    for (const key of claimed.overtaken) {
      const isItself = key === claim.holder;
      const why = isItself ? `too many wait for the concurrency group ${claim.group}` : reason;
      overtaken.set(key, why);
      orders.push({ key, reason: why });
    }
    if (claimed.cancelsHolder) orders.push({ key: claimed.group.holder, reason });
    return claimed.isHeld;
  }

  /**
   * Hands on the groups of holders of which nothing is here any more. Ask when all that may start was added: answers
   * those that must give way. When nothing runs and all wait for each other, the newest must.
   */
  function settle(): CancelOrder[] {
    const orders: CancelOrder[] = [];
    while (groups.size > 0 && releaseGone()) for (const spec of blocked) orders.push(...claimAll(spec));
    const newest = blocked.at(-1);
    if (newest === undefined || ready.length + running.size > 0 || orders.length > 0) return orders;
    return [{ key: newest.key, reason: 'those that have its concurrency groups wait for it in turn' }];
  }

  /** Answers whether anything was released. */
  function releaseGone(): boolean {
    const alive = new Set([...blocked, ...ready, ...running.values()].flatMap(holdersOf));
    let changed = false;
    for (const [name, group] of groups) {
      for (const holder of [group.holder, ...group.waiting]) {
        if (alive.has(holder)) continue;
        release(name, holder);
        changed = true;
      }
    }
    return changed;
  }

  function release(name: string, holder: string): void {
    const group = groups.get(name);
    const left = group === undefined ? null : releaseGroup(group, holder);
    if (left === null) groups.delete(name);
    else groups.set(name, left);
  }

  /** Those whose turn it is; they count as running until `ended`. */
  function take(): JobSpec[] {
    const taken = ready.slice(0, Math.max(0, atOnce - running.size));
    ready = ready.slice(taken.length);
    for (const spec of taken) running.set(spec.key, spec);
    return taken;
  }

  /** Takes one that waits out of the queue; undefined when none of that key waits. */
  function drop(key: string): JobSpec | undefined {
    const waiting = [...blocked, ...ready].find((spec) => spec.key === key);
    blocked = blocked.filter((spec) => spec !== waiting);
    ready = ready.filter((spec) => spec !== waiting);
    return waiting;
  }

  const ended = (key: string): void => void running.delete(key);

  return { add, settle, take, drop, ended };
}

const nameOf = ({ group }: GroupClaim): string => group.toLowerCase();
const holdersOf = ({ groups }: JobSpec): string[] => groups.map(({ holder }) => holder);
