import { contextsIn, type Value } from '../expressions/index.ts';
import type { Range, YamlNode } from '../language/index.ts';
import { describe, type Evaluation, nodeOf } from './evaluation.ts';
import type { Machine, PlannedStepsJob } from './plan.ts';
import { refuse } from './refusal.ts';

/** The labels of a job, which all mean this machine. Throws `Refusal` when one does not. */
export function labelsOf({ runsOn }: PlannedStepsJob, evaluation: Evaluation, machine: Machine): string[] {
  const { labels, group, at } = readRunsOn(runsOn, evaluation);
  if (group !== null && labels.length === 0 && machine.labels !== 'any') {
    throw refuse('runner', `no machine here is in the runner group \`${group}\``, evaluation.file, at);
  }
  if (labels.length === 0) throw refuse('runner', '`runs-on` names no label', evaluation.file, at);
  for (const label of labels) {
    const reason = whyNotHere(label, machine);
    if (reason !== null) throw refuse('runner', reason, evaluation.file, at);
  }
  return labels;
}

interface RunsOn {
  readonly labels: string[];
  readonly group: string | null;
  readonly at: Range;
}

function readRunsOn(node: YamlNode, evaluation: Evaluation): RunsOn {
  const value = nodeOf(node, evaluation);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return { labels: texts(value, node, evaluation), group: null, at: node.at };
  }
  const { labels = null, group = null } = value as Readonly<Record<string, Value>>;
  return {
    labels: texts(labels, node, evaluation),
    group: group === null ? null : String(group),
    at: node.at,
  };
}

function texts(value: Value, node: YamlNode, { file }: Evaluation): string[] {
  if (value === null || value === '') return [];
  const items: readonly Value[] = Array.isArray(value) ? value : [value as Value];
  return items.map((item) => {
    if (typeof item === 'string' && item !== '') return item;
    throw refuse('runner', `a label of \`runs-on\` must be text, not ${describe(item)}`, file, node.at);
  });
}

/** Why a label does not mean this machine; null when it does. */
export function whyNotHere(label: string, machine: Machine): string | null {
  if (machine.labels === 'any') return null;
  const name = label.toLowerCase();
  const known = ['linux', 'self-hosted', machine.architecture, ...machine.labels];
  if (/^(ubuntu|debian)(-|$)/.test(name) || known.some((own) => own.toLowerCase() === name)) return null;
  if (/^windows(-|$)/.test(name)) return `\`${label}\` cannot run here: this machine is no Windows`;
  if (/^(macos|mac-os|osx)(-|$)/.test(name)) return `\`${label}\` cannot run here: this machine is no Mac`;
  return `no machine here has the label \`${label}\`; this one has ubuntu-*, debian-*, ${known.join(', ')}`;
}

/** What of `container:` there is; null when it evaluates to nothing. Throws `Refusal` without a container engine. */
export function containerOf(
  node: YamlNode | null,
  evaluation: Evaluation,
  machine: Machine,
): YamlNode | null {
  if (node === null || !wantsImage(node, evaluation)) return null;
  if (!machine.containerEngine) throw noEngine(evaluation.file, node.at);
  return node;
}

/** The same of `services:`. */
export function servicesOf(node: YamlNode | null, evaluation: Evaluation, machine: Machine): YamlNode | null {
  if (node === null) return null;
  if (node.kind === 'mapping' && node.entries.every(({ value }) => !wantsImage(value, evaluation)))
    return null;
  if (!machine.containerEngine) throw noEngine(evaluation.file, node.at);
  return node;
}

function noEngine(file: string, at: Range): Error {
  return refuse('container', 'this job needs a container engine; none is configured', file, at);
}

/** An image that depends on what is known later counts as wanted. */
function wantsImage(node: YamlNode, evaluation: Evaluation): boolean {
  const image = node.kind === 'mapping' ? node.entries.find(({ key }) => key.value === 'image')?.value : node;
  if (image === undefined) return false;
  if (image.kind !== 'scalar') return true;
  if (typeof image.value === 'string') {
    for (const context of contextsIn(image.value)) if (!(context in evaluation.contexts)) return true;
  }
  const value = nodeOf(image, evaluation);
  return value !== null && value !== '';
}
