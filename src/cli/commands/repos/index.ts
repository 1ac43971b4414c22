import { Option } from 'commander';
import { api } from '../../../contract/addresses.ts';
import type { Repository } from '../../../contract/repositories.ts';
import { wholeNumber } from '../../arguments.ts';
import { type CommandGroup, defineCommand } from '../../command.ts';
import { fetchRepository } from '../../fetchRepository.ts';
import type { Output } from '../../output/output.ts';
import type { Cell } from '../../output/table.ts';
import { deleteCommand } from './delete.ts';

const list = defineCommand({
  name: 'list',
  summary: 'the repositories, and whether they can be fetched',
  examples: [['slipway repos', 'all of them']],
  async run({ client, out }) {
    const answer = await (await client()).call(api.listRepositories, {});
    out.show(answer, () => {
      if (answer.items.length === 0)
        out.line('no repository is declared yet. Write a slipway.yml, then: slipway apply slipway.yml');
      else printRepositories(out, answer.items);
    });
    return undefined;
  },
});

const show = defineCommand({
  name: 'show <repository>',
  summary: 'one repository: address, last fetch, and why it fails if it does',
  examples: [['slipway repos show harbor', 'its state in full']],
  async run({ client, out }, name = '') {
    const repository = await (await client()).call(api.showRepository, { params: { repository: name } });
    out.show(repository, () => printRepository(out, repository));
    return undefined;
  },
});

const fetch = defineCommand({
  name: 'fetch <repository>',
  summary: 'look for new commits now, and wait until that is done',
  examples: [['slipway repos fetch harbor', 'exits with 2 and says why when it cannot be fetched']],
  async run(run, name = '') {
    const repository = await fetchRepository(run, await run.client(), name);
    run.out.show(repository, () =>
      run.out.line(`${name} is fetched; its default branch is ${repository.default_branch ?? 'not known'}`),
    );
    return undefined;
  },
});

interface RefsOptions {
  readonly search?: string;
  readonly kind?: 'branch' | 'tag';
  readonly limit: number;
}

const refs = defineCommand<RefsOptions>({
  name: 'refs <repository>',
  summary: 'branches and tags, newest first',
  options: [
    new Option('--search <text>', 'whose name contains this'),
    new Option('--kind <kind>', 'only these').choices(['branch', 'tag']),
    new Option('-n, --limit <count>', 'at most this many').argParser(wholeNumber).default(30),
  ],
  examples: [['slipway repos refs harbor --search release', 'what there is to ship']],
  async run({ client, out, options }, name = '') {
    const { search, kind, limit } = options;
    const answer = await (await client()).call(api.listRefs, {
      params: { repository: name },
      query: { limit, ...(search && { search }), ...(kind && { kind }) },
    });
    out.show(answer, () => {
      const columns = [
        { title: 'KIND' },
        { title: 'REF', flexible: true },
        { title: 'SHA' },
        { title: 'WHAT', flexible: true },
        { title: 'AGE' },
      ];
      out.table(
        columns,
        answer.items.map((ref): Cell[] => [
          ref.kind,
          { text: ref.default ? `${ref.name} (default)` : ref.name, style: 'bold' },
          ref.sha.slice(0, 8),
          ref.subject,
          out.time(ref.committed_at),
        ]),
      );
      const left = answer.total - answer.items.length;
      if (left > 0) out.note(out.paint('dim', `… and ${left} more: --limit ${answer.total}`));
    });
    return undefined;
  },
});

export const reposCommand: CommandGroup = {
  name: 'repos',
  summary: 'repositories: list, show, fetch, refs, delete',
  examples: [
    ['slipway repos', 'all of them'],
    ['slipway repos fetch harbor', 'look for new commits now'],
  ],
  commands: [list, show, fetch, refs, deleteCommand],
};

function printRepositories(out: Output, repositories: readonly Repository[]): void {
  const columns = [
    { title: 'REPOSITORY' },
    { title: 'STATE' },
    { title: 'FETCHED' },
    { title: 'BRANCH' },
    { title: 'URL', flexible: true },
    { title: 'APPS', flexible: true },
  ];
  out.table(
    columns,
    repositories.map((repository): Cell[] => [
      { text: repository.name, style: 'bold' },
      stateCell(repository),
      out.time(repository.fetched_at),
      repository.default_branch ?? '-',
      repository.url ?? repository.clone_url,
      repository.apps.join(', '),
    ]),
  );
  for (const { name, failing } of repositories) {
    if (failing !== null)
      out.line(
        `${out.paint(['red', 'bold'], 'failing')}  ${name}  since ${out.time(failing.since)}: ${failing.message}`,
      );
  }
}

function stateCell({ state }: Repository): Cell {
  const text = state.replace('_', ' ');
  if (state === 'failing') return { text, style: ['red', 'bold'] };
  return state === 'ok' ? { text, style: 'green' } : { text, style: 'yellow' };
}

function printRepository(out: Output, repository: Repository): void {
  const facts: [string, string][] = [
    ['url', repository.url ?? 'none: hosted here'],
    ['clone', repository.clone_url],
    ['state', repository.state.replace('_', ' ')],
    ['fetched', out.time(repository.fetched_at)],
    ['tried', out.time(repository.fetch_started_at)],
    ['branch', repository.default_branch ?? '-'],
    ['apps', repository.apps.join(', ') || '-'],
  ];
  out.line(out.paint('bold', repository.name));
  for (const [label, text] of facts) out.line(`  ${out.paint('dim', label.padEnd(9))}${text}`);
  if (repository.failing === null) return;
  out.line(
    `  ${out.paint(['red', 'bold'], 'failing'.padEnd(9))}since ${out.time(repository.failing.since)}: ${repository.failing.message}`,
  );
}
