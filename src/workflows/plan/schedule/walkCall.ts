import type { Contexts, Value } from '../../expressions/index.ts';
import { callInputs } from '../calls/callInputs.ts';
import { textOf } from '../evaluation.ts';
import type { JobResult, JobSecrets } from '../jobSpec.ts';
import type { PlannedCall } from '../plan.ts';
import { orRefusal, Refusal, refusalText } from '../refusal.ts';
import { skipInstance } from './skipInstance.ts';
import { combineConclusions, type Standing } from './standing.ts';
import { type Instance, type Look, noOrders, type Scope } from './walk.ts';

/** Looks at the jobs of a called workflow. `end`: why they must end now. */
export function walkCall(instance: Instance, call: PlannedCall, end: string | null): Look {
  const inputs = orRefusal(() => callInputs(call, { file: call.file, contexts: instance.contexts }));
  if (inputs instanceof Refusal) return skipInstance(instance, 'failure', refusalText(inputs));
  const scope = calledScope(instance, call, inputs, end);
  const walk = { ...instance.walk, out: noOrders() };
  const standings = walk.descend(walk, scope);
  const result = orRefusal(() => resultOf(instance, call, scope, standings));
  if (result instanceof Refusal) return skipInstance(instance, 'failure', refusalText(result));
  return { result, orders: walk.out };
}

function calledScope(
  { key, name, scope, contexts }: Instance,
  call: PlannedCall,
  inputs: Readonly<Record<string, Value>>,
  end: string | null,
): Scope {
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
