import { openActionSource } from '../actions/index.ts';
import { type Finding, readWorkflow } from '../language/index.ts';
import { type CheckoutFacts, type Machine, type PlanResult, planWorkflow } from '../plan/index.ts';
import { commitActions, filesOf } from './commitActions.ts';
import type { CommitGround, CommitTrigger } from './commitGround.ts';
import { describeCommit, eventFor } from './describeCommit.ts';
import { findMissingActions } from './findMissingActions.ts';
import { gatherCalled } from './gatherCalled.ts';
import { commits } from './remember.ts';

/** What a run is made of, besides its commit. */
export interface CommitRun {
  readonly file: string;
  readonly run: CheckoutFacts['run'];
  readonly vars: Readonly<Record<string, string>>;
  readonly machine: Machine;
  /** Plans it although path filters exclude it, to know what it would have done. */
  readonly evenIfNotStarted?: boolean;
}

/** Plans a workflow of a commit for a trigger. */
export async function planCommit(
  ground: CommitGround,
  trigger: CommitTrigger,
  { file, run, vars, machine, evenIfNotStarted = false }: CommitRun,
): Promise<PlanResult> {
  const { gitDir } = ground;
  const read = filesOf(gitDir, trigger.sha);
  const text = await read(file);
  if (text === null) return { kind: 'not-started', reason: `there is no ${file} at ${trigger.sha}` };
  const { workflow, findings } = await commits.recall(['workflow', gitDir, trigger.sha, file], async () =>
    readWorkflow(text, file),
  );
  if (workflow === null) return { kind: 'refused', findings };
  const actions = commitActions(gitDir, trigger.sha, remoteActions(ground));
  const [described, called] = await Promise.all([
    describeCommit(ground, trigger),
    gatherCalled(workflow, '', actions, read),
  ]);
  const planned = planWorkflow({
    workflow,
    event: eventFor(described, trigger, run),
    evenIfNotStarted,
    inputs: {},
    vars,
    machine,
    called: called.workflows,
    actions: called.actions,
  });
  if (planned.kind === 'refused')
    return { kind: 'refused', findings: withReasons(planned.findings, called.findings) };
  if (planned.kind === 'not-started') return planned;
  const missing = await findMissingActions(planned.plan, actions, '');
  return missing.length > 0 ? { kind: 'refused', findings: missing } : planned;
}

const remoteActions = ({ actions, actionCache, scratch, gitDir, serverUrl }: CommitGround) =>
  openActionSource({
    places: actions,
    directory: scratch,
    cacheDirectory: actionCache,
    checkout: { commonDir: gitDir, copied: false, server: null, serverUrl },
  });

/** What the plan missed is told by why it could not be read. */
export function withReasons(findings: readonly Finding[], reasons: readonly Finding[]): readonly Finding[] {
  if (reasons.length === 0) return findings;
  return [...reasons, ...findings.filter(({ rule }) => rule !== 'called-missing')];
}
