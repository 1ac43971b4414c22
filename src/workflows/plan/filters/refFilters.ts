import type { Located, Trigger } from '../../language/index.ts';
import { digText } from '../events/payload.ts';
import { shortRef } from '../events/synthesize.ts';
import type { WorkflowEvent } from '../events/workflowEvent.ts';
import { linesOf } from './lines.ts';
import { matchPatterns } from './matchPatterns.ts';

/** Why `branches`, `tags` and their `-ignore` keep a workflow from starting; null when they do not. */
export function refFilterReason(trigger: Trigger, event: WorkflowEvent): string | null {
  return event.name === 'push' ? pushReason(trigger, event) : branchReason(trigger, event);
}

/** A workflow with filters for branches only is not started by tags, and the other way round. */
function pushReason(trigger: Trigger, event: WorkflowEvent): string | null {
  const ref = digText(event.github, 'ref');
  const isTag = ref.startsWith('refs/tags/');
  const [own, ownName, other, otherName] = isTag
    ? ([filterOf(trigger, 'tags'), 'tags', filterOf(trigger, 'branches'), 'branches'] as const)
    : ([filterOf(trigger, 'branches'), 'branches', filterOf(trigger, 'tags'), 'tags'] as const);
  const what = `push to ${ref}`;
  if (own !== null) return judge(own, shortRef(ref), what);
  if (other === null) return null;
  const [key] = [other.positive, other.negative].flatMap((list) => list ?? []);
  const place = key === undefined ? '' : ` (${linesOf([key])})`;
  return `${what}: it is filtered by ${otherName}${place}, and names no ${ownName}`;
}

function branchReason(trigger: Trigger, event: WorkflowEvent): string | null {
  const filter = filterOf(trigger, 'branches');
  const subject = subjectOf(event);
  return filter === null || subject === null ? null : judge(filter, subject.branch, subject.what);
}

/** The branch that is asked about: where a pull request goes, where the other workflow ran. */
function subjectOf({ name, payload, github }: WorkflowEvent): { branch: string; what: string } | null {
  if (name === 'workflow_run') {
    const branch = digText(payload, 'workflow_run', 'head_branch');
    return { branch, what: `workflow_run on ${branch}` };
  }
  if (name === 'merge_group') {
    const branch = shortRef(digText(payload, 'merge_group', 'base_ref'));
    return { branch, what: `merge_group for ${branch}` };
  }
  const branch = digText(github, 'base_ref');
  return branch === '' ? null : { branch, what: `${name} into ${branch}` };
}

interface RefFilter {
  readonly name: 'branches' | 'tags';
  readonly positive: readonly Located<string>[] | null;
  readonly negative: readonly Located<string>[] | null;
}

function filterOf(trigger: Trigger, name: 'branches' | 'tags'): RefFilter | null {
  const [positive, negative] =
    name === 'branches' ? [trigger.branches, trigger.branchesIgnore] : [trigger.tags, trigger.tagsIgnore];
  return positive === null && negative === null ? null : { name, positive, negative };
}

function judge({ name, positive, negative }: RefFilter, ref: string, what: string): string | null {
  if (positive !== null) {
    const { matches, by } = matchPatterns(positive, ref);
    if (matches) return null;
    if (by !== null) return `${what}: \`${by.value}\` of ${name} (${linesOf([by])}) takes it out`;
    return `${what}: no pattern of ${name}${positive.length === 0 ? '' : ` (${linesOf(positive)})`} matches`;
  }
  const { matches, by } = matchPatterns(negative ?? [], ref);
  if (!matches || by === null) return null;
  return `${what}: \`${by.value}\` of ${name}-ignore (${linesOf([by])}) matches`;
}
