import { Option } from 'commander';
import { api } from '../../contract/addresses.ts';
import type { Check } from '../../contract/repositories.ts';
import {
  type CheckConclusion,
  type CheckStatus,
  checkConclusions,
  checkStatuses,
  isGreen,
} from '../../contract/states.ts';
import { AppError } from '../../platform/errors.ts';
import { type CommandGroup, defineCommand } from '../command.ts';
import type { Cell } from '../output/table.ts';
import type { Style } from '../output/terminal.ts';

const list = defineCommand({
  name: 'list <repository> <sha>',
  summary: 'what was reported about a commit',
  examples: [['slipway checks harbor 3f2a9c1d', 'is it green?']],
  async run({ client, out }, repository = '', sha = '') {
    const commit = await (await client()).call(api.showCommit, {
      params: { repository, sha: sha.toLowerCase() },
    });
    out.show({ items: commit.checks }, () => {
      out.line(`${out.paint('bold', commit.short_sha)} ${commit.subject}`);
      if (commit.checks.length === 0) out.line('no check was reported');
      else printChecks();
    });
    return undefined;

    function printChecks() {
      const columns = [
        { title: 'CHECK', flexible: true },
        { title: 'RESULT' },
        { title: 'REPORTED' },
        { title: 'SUMMARY', flexible: true },
      ];
      const rows = commit.checks.map((check): Cell[] => [
        check.name,
        { text: check.conclusion ?? check.status.replace('_', ' '), style: styleOf(check) },
        out.time(check.reported_at),
        check.summary,
      ]);
      out.table(columns, rows);
    }
  },
});

interface ReportOptions {
  readonly status?: CheckStatus;
  readonly conclusion?: CheckConclusion;
  readonly link?: string;
  readonly summary?: string;
}

const report = defineCommand<ReportOptions>({
  name: 'report <repository> <sha> <name>',
  summary: 'report the result of a check on a commit',
  options: [
    new Option('--status <status>', 'how far it is; completed when there is a conclusion').choices([
      ...checkStatuses,
    ]),
    new Option('--conclusion <conclusion>', 'how it ended').choices([...checkConclusions]),
    new Option('--link <url>', 'where its details are'),
    new Option('--summary <text>', 'in a few words'),
  ],
  examples: [
    ['slipway checks report harbor $SHA test --conclusion success', 'from any CI'],
    ['slipway checks report harbor $SHA test --status in_progress', 'it has begun'],
  ],
  async run({ client, out, options }, repository = '', sha = '', name = '') {
    const { conclusion, link, summary } = options;
    const status = options.status ?? (conclusion === undefined ? undefined : 'completed');
    if (status === undefined)
      throw new AppError('invalid_input', 'say how it stands: --conclusion success, or --status in_progress');
    const body = {
      name,
      status,
      ...(conclusion && { conclusion }),
      ...(link && { url: link }),
      ...(summary && { summary }),
    };
    const check = await (await client()).call(api.reportCheck, {
      params: { repository, sha: sha.toLowerCase() },
      body,
    });
    out.show(check, () => out.line(`${check.name}: ${check.conclusion ?? check.status.replace('_', ' ')}`));
    return undefined;
  },
});

export const checksCommand: CommandGroup = {
  name: 'checks',
  summary: 'checks of commits: list, report',
  examples: [
    ['slipway checks harbor 3f2a9c1d', 'what was reported about a commit'],
    ['slipway checks report harbor $SHA test --conclusion success', 'from any CI'],
  ],
  commands: [list, report],
};

function styleOf(check: Check): Style | readonly Style[] {
  if (check.conclusion === null) return 'yellow';
  if (isGreen(check.conclusion)) return 'green';
  return ['red', 'bold'];
}
