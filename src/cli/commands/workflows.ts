import { Option } from 'commander';
import { api } from '../../contract/addresses.ts';
import type { WorkflowFile } from '../../contract/runs.ts';
import { unheardOf } from '../../contract/states.ts';
import { defineCommand } from '../command.ts';
import type { Output } from '../output/output.ts';
import { plainLine } from '../output/plainText.ts';
import { shellWord } from '../output/shellWord.ts';
import type { Cell } from '../output/table.ts';
import { requireRepository } from '../runs/repositoryHere.ts';
import { refName } from '../runs/words.ts';

interface Options {
  readonly repository?: string;
  readonly ref?: string;
}

export const workflowsCommand = defineCommand<Options>({
  name: 'workflows',
  summary:
    "the workflows of a repository's ref, what starts them, and the inputs of those that start by hand",
  details:
    'Without --repository that of the checkout you are in. `slipway workflow list` answers for the checkout itself.',
  options: [
    new Option('--repository <repository>', 'of this repository'),
    new Option('--ref <ref>', 'at this branch, tag or sha; by default the default branch'),
  ],
  examples: [
    ['slipway workflows', 'of the repository whose checkout this is'],
    ['slipway workflows --repository harbor --ref v1.4', 'as they are in v1.4'],
  ],
  async run({ client, out, options }) {
    const server = await client();
    const repository = await requireRepository(server, options.repository);
    const query = options.ref === undefined ? {} : { ref: options.ref };
    const answer = await server.call(api.listWorkflows, { params: { repository }, query });
    out.show(answer, () => {
      out.line(`${out.paint('bold', repository)} at ${refName(answer.ref)}, ${answer.sha.slice(0, 8)}`);
      if (answer.items.length === 0) out.line('no workflow: there is nothing in .github/workflows');
      else print(out, answer.items);
    });
    return undefined;
  },
});

function print(out: Output, workflows: readonly WorkflowFile[]): void {
  const columns = [
    { title: 'FILE' },
    { title: 'WORKFLOW', flexible: true },
    { title: 'STARTED BY', flexible: true },
    { title: 'JOBS', flexible: true },
  ];
  out.table(
    columns,
    workflows.map((workflow): Cell[] => [
      workflow.file.replace(/^\.github\/workflows\//, ''),
      workflow.name === workflow.file ? '' : workflow.name,
      [...workflow.events, ...workflow.schedules.map(({ cron }) => `"${cron}"`)].join(', '),
      workflow.jobs.join(', '),
    ]),
  );
  for (const { findings } of workflows)
    for (const { file, line, column, message } of findings)
      out.line(
        `${out.paint('bold', plainLine(`${file}:${line}:${column}:`))} ${out.paint('red', 'error:')} ${plainLine(message)}`,
      );
  for (const note of unheardNotes(workflows)) out.note(note);
  const byHand = workflows.filter(({ inputs }) => inputs !== null);
  for (const workflow of byHand) {
    const inputs = (workflow.inputs ?? []).map(inputText).join(' ');
    const stem = workflow.file.replace(/^.*\/|\.ya?ml$/g, '');
    out.note(
      out.paint(
        'dim',
        `By hand: slipway workflow dispatch ${shellWord(plainLine(stem))}${inputs === '' ? '' : ` ${inputs}`}`,
      ),
    );
  }
}

/** What waits for events that only GitHub has would wait in silence. */
export function unheardNotes(workflows: readonly Pick<WorkflowFile, 'file' | 'events'>[]): readonly string[] {
  return workflows.flatMap(({ file, events }) => {
    const unheard = unheardOf(events);
    if (unheard.length === 0) return [];
    return [
      `${plainLine(file)}: nothing here raises ${unheard.map(plainLine).join(', ')}; that of GitHub starts nothing on Slipway`,
    ];
  });
}

/** `-i level=minor|major`, in brackets when it need not be given; what a shell would run is quoted. */
export function inputText(input: NonNullable<WorkflowFile['inputs']>[number]): string {
  const values =
    input.options.length > 0 ? input.options.join('|') : String(input.default ?? input.type.toUpperCase());
  const text = `-i ${shellWord(plainLine(`${input.name}=${values}`))}`;
  return input.required && input.default === null ? text : `[${text}]`;
}
