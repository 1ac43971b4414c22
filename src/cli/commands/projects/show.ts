import { Option } from 'commander';
import { api } from '../../../contract/addresses.ts';
import type { ProjectDetail } from '../../../contract/projects.ts';
import { keyStates } from '../../../contract/states.ts';
import { defineCommand } from '../../command.ts';
import type { Output } from '../../output/output.ts';
import { findKey } from './findKey.ts';
import { requireDsn } from './printDsn.ts';

interface Options {
  readonly dsn?: boolean;
  readonly secret?: boolean;
  readonly key?: string;
}

export const showCommand = defineCommand<Options>({
  name: 'show <project>',
  summary: 'one project with its DSN',
  details: 'PROJECT is its slug or its id, the number that its DSN ends with.',
  options: [
    new Option('--dsn', 'print the DSN and nothing else'),
    new Option('--secret', 'print the DSN with the secret key and nothing else'),
    new Option('--key <key>', 'with --dsn or --secret: of this key, named by the beginning of it'),
  ],
  examples: [
    ['slipway projects show storefront', 'what it is, and its DSN'],
    ['export SENTRY_DSN="$(slipway projects show storefront --dsn)"', 'in scripts'],
  ],
  async run({ client, out, options }, name = '') {
    const project = await (await client()).call(api.showProject, { params: { project: name } });
    const { dsn, secret, key } = options;
    if (!dsn && !secret && key === undefined) {
      out.show(project, () => printProject(out, project));
      return undefined;
    }
    const from = key === undefined ? project : findKey(project.slug, project.keys, key, ['active']);
    const text = requireDsn(project, from, secret === true);
    out.show({ dsn: text }, () => out.line(text));
    return undefined;
  },
});

function printProject(out: Output, project: ProjectDetail): void {
  const facts: [string, string][] = [
    ['id', project.id],
    ['team', project.team],
    ['platform', project.platform ?? '-'],
    ['made', out.time(project.created_at)],
    ['keys', countKeys(project) || '-'],
  ];
  out.line(`${out.paint('bold', project.slug)}  ${project.name}`);
  for (const [label, text] of facts) out.line(`  ${out.paint('dim', label.padEnd(9))}${text}`);
  out.line();
  out.line(project.dsn ?? `no key is accepted; make one: slipway projects rotate ${project.slug}`);
  if (project.secret_dsn !== null)
    out.note(out.paint('dim', `With its secret key: slipway projects show ${project.slug} --secret`));
}

const countKeys = ({ keys }: ProjectDetail): string =>
  keyStates
    .map((state) => ({ state, count: keys.filter((key) => key.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${count} ${state}`)
    .join(', ');
