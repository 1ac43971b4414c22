import { textOf } from './fields.ts';
import type { Trigger, Workflow } from './model.ts';
import type { Report } from './schema/validate.ts';

/** What GitHub asks of triggers beyond their shape: a filter has one form, and a schedule an entry. */
export function checkTriggers({ on }: Workflow): Report[] {
  return on.flatMap((trigger) => [...checkForms(trigger), ...checkInputs(trigger), ...checkCrons(trigger)]);
}

function checkForms(trigger: Trigger): Report[] {
  const pairs = [
    ['branches', trigger.branches, trigger.branchesIgnore],
    ['tags', trigger.tags, trigger.tagsIgnore],
    ['paths', trigger.paths, trigger.pathsIgnore],
  ] as const;
  return pairs.flatMap(([name, wanted, ignored]) => {
    if (wanted === null || ignored === null) return [];
    const message = `\`${name}\` and \`${name}-ignore\` exclude each other: use \`${name}\` with patterns that start with \`!\``;
    return [{ rule: 'filters', message, at: (ignored[0] ?? trigger.event).at }];
  });
}

function checkInputs({ event, inputs }: Trigger): Report[] {
  if (event.value !== 'workflow_dispatch') return [];
  return inputs.flatMap(({ name, type, options, ...input }) => {
    if (type !== 'choice') return [];
    const rule = 'inputs';
    if (options.length === 0) {
      return [{ rule, message: `\`${name.value}\` is a choice without \`options\``, at: name.at }];
    }
    const text = textOf(input.default);
    if (text === null || options.includes(text.value)) return [];
    return [
      { rule, message: `\`${text.value}\` is none of the \`options\` of \`${name.value}\``, at: text.at },
    ];
  });
}

function checkCrons({ event, crons }: Trigger): Report[] {
  if (event.value !== 'schedule' || crons.length > 0) return [];
  return [{ rule: 'missing-key', message: '`schedule` needs a list of `cron` entries', at: event.at }];
}
