import { nearest } from '../../platform/text/nearest.ts';
import { hasExpression } from '../expressions/index.ts';
import { entriesOf, fieldOf, itemsOf } from './fields.ts';
import { findCycles } from './findCycles.ts';
import type { Job, Step, Workflow } from './model.ts';
import type { Report } from './schema/validate.ts';
import type { Located } from './source.ts';

/** What GitHub asks of jobs beyond their shape: ids, needs, the form of `uses`. */
export function checkJobs({ jobs }: Workflow): Report[] {
  const byId = new Map(jobs.map((job) => [job.id.value.toLowerCase(), job]));
  return [
    ...jobs.flatMap((job) => [
      ...checkId(job.id, 'job'),
      ...checkNeeds(job, byId),
      ...checkSteps(job),
      ...checkImages(job),
      ...checkMatrix(job),
    ]),
    ...findCycles(jobs),
  ];
}

const identifier = /^[A-Za-z_][A-Za-z0-9_-]*$/;

function checkId(id: Located<string>, what: 'job' | 'step'): Report[] {
  const { value, at } = id;
  if (value === '') return [];
  const rule = 'id';
  if (hasExpression(value)) return [{ rule, message: `the id of a ${what} cannot be an expression`, at }];
  if (value.startsWith('__')) {
    return [
      { rule, message: `an id cannot start with two underscores, as \`${value}\` does: GitHub's own do`, at },
    ];
  }
  if (!identifier.test(value)) {
    const message = `\`${value}\` is no id: letters, digits, \`-\` and \`_\`, with a letter or \`_\` first`;
    return [{ rule, message, at }];
  }
  return value.length < 100 ? [] : [{ rule, message: 'an id has less than 100 characters', at }];
}

function checkNeeds(job: Job, byId: ReadonlyMap<string, Job>): Report[] {
  return job.needs.flatMap(({ value, at }) => {
    if (value === '' || hasExpression(value) || byId.has(value.toLowerCase())) return [];
    const others = Array.from(byId.values(), (other) => other.id.value).filter((id) => id !== job.id.value);
    const near = nearest(value, others);
    const hint = near === null ? '' : `; did you mean \`${near}\`?`;
    return [
      {
        rule: 'needs',
        message: `job \`${job.id.value}\` needs \`${value}\`, which is not in this file${hint}`,
        at,
      },
    ];
  });
}

function checkSteps(job: Job): Report[] {
  return job.kind === 'steps' ? checkStepList(job.steps) : checkCalled(job.uses);
}

/** The ids of steps, and the form of their `uses`; of a composite action too. */
export function checkStepList(steps: readonly Step[]): Report[] {
  const seen = new Map<string, Located<string>>();
  return steps.flatMap((step) => [
    ...(step.id === null ? [] : [...checkId(step.id, 'step'), ...checkUnique(step.id, seen)]),
    ...(step.does.kind === 'uses' ? checkUses(step.does.uses) : []),
  ]);
}

function checkUnique(id: Located<string>, seen: Map<string, Located<string>>): Report[] {
  const folded = id.value.toLowerCase();
  const first = seen.get(folded);
  if (first === undefined) {
    seen.set(folded, id);
    return [];
  }
  const message = `two steps have the id \`${id.value}\`: the first is on line ${first.at.start.line}`;
  return [{ rule: 'id', message, at: id.at }];
}

const remoteAction = /^[^/@]+\/[^/@]+(?:\/[^@]*)?@.+$/;

function checkUses({ value, at }: Located<string>): Report[] {
  const rule = 'uses';
  if (value === '' || hasExpression(value)) return [];
  if (value.startsWith('docker://') || /^[.$][/\\]/.test(value)) return [];
  if (remoteAction.test(value)) return [];
  const lacksRef = /^[^./@\s][^/@\s]*\/[^@\s]+$/.test(value);
  const message = lacksRef
    ? `\`${value}\` lacks its version: \`${value}@v1\`, a branch or a commit`
    : `\`${value}\` is no action: write \`owner/repo@ref\`, \`owner/repo/path@ref\`, \`./path\` or \`docker://image\``;
  return [{ rule, message, at }];
}

function checkCalled({ value, at }: Located<string>): Report[] {
  const rule = 'uses';
  if (value === '' || hasExpression(value)) return [];
  if (/^[.$]\/.+\.ya?ml$/.test(value)) return [];
  if (/^[.$]\/.+\.ya?ml@/.test(value)) {
    return [{ rule, message: `\`${value}\` is of this commit: leave out \`@\` and what follows`, at }];
  }
  if (/^[^/@]+\/[^/@]+\/[^@]+\.ya?ml@.+$/.test(value)) return [];
  const message = `\`${value}\` is no workflow: write \`./.github/workflows/x.yml\` or \`owner/repo/.github/workflows/x.yml@ref\``;
  return [{ rule, message, at }];
}

/** A container without an image; one whose image is an empty text is none. */
function checkImages(job: Job): Report[] {
  if (job.kind !== 'steps') return [];
  const services = entriesOf(job.services).map(({ value }) => value);
  return [job.container, ...services].flatMap((node) => {
    if (
      node?.kind !== 'mapping' ||
      node.entries.some(({ key }) => key.value === 'image' || hasExpression(key.value))
    )
      return [];
    return [{ rule: 'missing-key', message: '`image` is missing', at: node.entries[0]?.key.at ?? node.at }];
  });
}

function checkMatrix({ strategy }: Job): Report[] {
  const matrix = strategy?.matrix ?? null;
  const axes = entriesOf(matrix).filter(({ key }) => key.value !== 'include' && key.value !== 'exclude');
  const empty = axes.flatMap(({ key, value }) => {
    if (value.kind !== 'sequence' || value.items.length > 0) return [];
    return [{ rule: 'empty', message: `\`${key.value}\` has no values: nothing would run`, at: key.at }];
  });
  if (axes.some(({ key }) => hasExpression(key.value))) return empty;
  const names = new Set(axes.map(({ key }) => key.value.toLowerCase()));
  const unknown = itemsOf(fieldOf(matrix, 'exclude'))
    .flatMap(entriesOf)
    .filter(({ key }) => !names.has(key.value.toLowerCase()) && !hasExpression(key.value))
    .map(({ key: { value, at } }) => ({
      rule: 'unknown-key',
      message: `\`exclude\` names \`${value}\`, which is no axis of this matrix`,
      at,
    }));
  return [...empty, ...unknown];
}
