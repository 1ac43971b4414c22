import type { Contexts, Value } from '../../expressions/index.ts';
import { callInputs } from '../calls/callInputs.ts';
import { textOf } from '../evaluation.ts';
import type { JobResult, JobSecrets } from '../jobSpec.ts';
import type { PlannedCall } from '../plan.ts';
import { orRefusal, Refusal, refusalText } from '../refusal.ts';
import { claimsOf } from './claimsOf.ts';
import type { GroupClaim } from './groups.ts';
import { skipInstance } from './skipInstance.ts';
import { combineConclusions, type Standing } from './standing.ts';
import { type Instance, type Look, noOrders, type Scope } from './walk.ts';

/** Looks at the jobs of a called workflow. `end`: why they must end now. */
export function walkCall(instance: Instance, call: PlannedCall, end: string | null): Look {
  const inputs = orRefusal(() => callInputs(call, { file: call.file, contexts: instance.contexts }));
  if (inputs instanceof Refusal) return skipInstance(instance, 'failure', refusalText(inputs));
  const groups = orRefusal(() => groupsOf(instance, call, inputs));
  if (groups instanceof Refusal) return skipInstance(instance, 'failure', refusalText(groups));
  const ordered = end ?? instance.walk.state.cancelledCalls?.[instance.key] ?? null;
  const scope = { ...calledScope(instance, call, inputs, ordered), groups };
  const walk = { ...instance.walk, out: noOrders() };
  const standings = walk.descend(walk, scope);
  const result = orRefusal(() => resultOf(instance, call, scope, standings));
  if (result instanceof Refusal) return skipInstance(instance, 'failure', refusalText(result));
  return { result, orders: walk.out };
}

/** Of the calls that lead here, of this call, and of what it calls. Throws `Refusal`. */
function groupsOf(
  instance: Instance,
  call: PlannedCall,
  inputs: Readonly<Record<string, Value>>,
): readonly GroupClaim[] {
  const { walk, key, contexts } = instance;
  const groups = claimsOf(instance, call.concurrency, { file: call.file, contexts });
  const { github, vars } = walk.plan;
  const called = { file: call.calledFile, contexts: { github, vars, inputs } };
  return claimsOf({ walk, key, scope: { groups } }, call.calledConcurrency, called);
}

function calledScope(
  { key, name, scope, contexts }: Instance,
  call: PlannedCall,
  inputs: Readonly<Record<string, Value>>,
  end: string | null,
): Omit<Scope, 'groups'> {
  return {
    call: call.path,
    keyPrefix: `${key}/`,
    namePrefix: `${name} / `,
    inputs,
    secrets: passedSecrets(call, contexts, scope.secrets),
    cancelled: end ?? scope.cancelled,
  };
}

function passedSecrets(call: PlannedCall, contexts: Instance['contexts'], of: JobSecrets): JobSecrets {
  if (call.secrets === 'inherit' || of === 'none') return of;
  return call.secrets.length === 0 ? 'none' : { entries: call.secrets, contexts, of };
}

/** Null while a job goes on. Throws `Refusal` when an output cannot be evaluated. */
function resultOf(
  { walk }: Instance,
  call: PlannedCall,
  scope: Scope,
  standings: ReadonlyMap<string, Standing>,
): JobResult | null {
  const jobs: Record<string, Value> = {};
  const results: JobResult[] = [];
  for (const { id, result } of standings.values()) {
    if (result === null) return null;
    results.push(result);
    jobs[id] = { result: result.conclusion, outputs: result.outputs };
  }
  const { github, vars } = walk.plan;
  const contexts: Contexts = { github, vars, inputs: scope.inputs, jobs };
  const file = call.calledFile;
  const outputs = call.outputs.map(
    ({ name, text }) => [name.value, textOf(text, { file, contexts })] as const,
  );
  return {
    conclusion: combineConclusions(results.map(({ conclusion }) => conclusion)),
    outputs: Object.fromEntries(outputs),
  };
}
