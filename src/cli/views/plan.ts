import {
  type Plan,
  type PlanAction,
  type PlanChange,
  type PlanItem,
  planActions,
} from '../../contract/provisioning.ts';
import type { Output } from '../output/output.ts';
import { plainLine } from '../output/plainText.ts';
import type { Style } from '../output/terminal.ts';

const signs: Record<PlanAction, { sign: string; ascii: string; style: Style | readonly Style[] }> = {
  create: { sign: '+', ascii: '+', style: 'green' },
  change: { sign: '~', ascii: '~', style: 'yellow' },
  renumber: { sign: '→', ascii: '>', style: 'cyan' },
  replace: { sign: '±', ascii: '%', style: ['red', 'bold'] },
  delete: { sign: '-', ascii: '-', style: ['red', 'bold'] },
  skip: { sign: '!', ascii: '!', style: ['yellow', 'bold'] },
};

/** A plan as a difference that a person reads: a line for each thing, its sign first. */
export function showPlan(out: Output, plan: Plan, tense: 'future' | 'past'): void {
  for (const warning of plan.warnings) out.line(`${out.paint('yellow', 'warning')}  ${plainLine(warning)}`);
  for (const item of plan.items) showItem(out, plan.file, item);
  if (plan.items.length > 0) out.line();
  out.line(summary(plan, tense));
}

function showItem(out: Output, file: string, item: PlanItem): void {
  const { sign, ascii, style } = signs[item.action];
  const drawn = out.paint(style, out.terminal.unicode ? sign : ascii);
  const of = item.team === null ? '' : out.paint('dim', ` in ${plainLine(item.team)}`);
  out.line(`${drawn} ${item.kind.padEnd(10)} ${out.paint('bold', plainLine(item.name))}${of}`);
  const place = item.line === null ? '' : `${file}:${item.line}: `;
  if (item.reason !== null) out.line(`    ${place}${plainLine(item.reason)}`);
  if (item.action === 'replace')
    out.line(`    ${out.paint('red', 'deletes the project with its keys and history, and creates it anew')}`);
  for (const change of item.changes) out.line(`    ${describeChange(change, out.terminal.unicode)}`);
}

function describeChange({ field, from, to }: PlanChange, unicode: boolean): string {
  const name = `${field}:`;
  if (from === null && to === null) return `${name} changes (not shown)`;
  if (from === null) return `${name} ${plainLine(to ?? '')}`;
  return `${name} ${plainLine(from)} ${unicode ? '→' : '->'} ${to === null ? 'removed' : plainLine(to)}`;
}

const words: Record<PlanAction, { future: string; past: string }> = {
  create: { future: 'to create', past: 'created' },
  change: { future: 'to change', past: 'changed' },
  renumber: { future: 'to renumber', past: 'renumbered' },
  replace: { future: 'to replace', past: 'replaced' },
  delete: { future: 'to delete', past: 'deleted' },
  skip: { future: 'to skip', past: 'skipped' },
};

function summary({ file, counts }: Plan, tense: 'future' | 'past'): string {
  const parts = planActions
    .filter((action) => counts[action] > 0)
    .map((action) => `${counts[action]} ${words[action][tense]}`);
  if (parts.length > 0) return `${plainLine(file)}: ${parts.join(', ')}`;
  return `${plainLine(file)}: ${tense === 'future' ? 'nothing to change' : 'nothing has changed'}`;
}
