import { randomUUID } from 'node:crypto';
import { Option } from 'commander';
import { api } from '../../../contract/addresses.ts';
import type { KeyState, ProjectKey } from '../../../contract/projects.ts';
import { defineCommand, type Run } from '../../command.ts';
import { persist } from '../../connection/persist.ts';
import type { Output } from '../../output/output.ts';
import type { Cell } from '../../output/table.ts';
import type { Style } from '../../output/terminal.ts';

interface Options {
  readonly add?: string | true;
}

export const keysCommand = defineCommand<Options>({
  name: 'keys <project>',
  summary: 'the keys a project has and had, or one more',
  options: [new Option('--add [label]', 'make one more active key, with a label to know it by')],
  examples: [
    ['slipway projects keys storefront', 'which are accepted, and since when the others are not'],
    ['slipway projects keys storefront --add mobile', 'one more, beside those that are active'],
  ],
  async run(run, project = '') {
    const { add } = run.options;
    if (add === undefined) await listKeys(run, project);
    else await addKey(run, project, add === true ? '' : add);
    return undefined;
  },
});

async function listKeys({ client, out }: Run<Options>, project: string): Promise<void> {
  const answer = await (await client()).call(api.listProjectKeys, { params: { project } });
  out.show(answer, () => {
    if (answer.items.length === 0) out.line(`no key yet; make one: slipway projects rotate ${project}`);
    else printKeys(out, answer.items);
  });
}

async function addKey({ client, out }: Run<Options>, project: string, label: string): Promise<void> {
  const server = await client();
  const idempotencyKey = randomUUID();
  const key = await persist(() =>
    server.call(api.createProjectKey, { params: { project }, body: { label } }, { idempotencyKey }),
  );
  out.show(key, () => {
    out.line(`${project} has one more key${key.label && `, ${key.label}`}; its DSN:`);
    out.line(key.dsn ?? '');
    out.note(
      out.paint(
        'dim',
        `With its secret key: slipway projects show ${project} --key ${key.public_key} --secret`,
      ),
    );
  });
}

const styleOfKey: Record<KeyState, Style> = { active: 'green', retiring: 'yellow', revoked: 'dim' };

function printKeys(out: Output, keys: readonly ProjectKey[]): void {
  const columns = [
    { title: 'KEY' },
    { title: 'STATE' },
    { title: 'SINCE' },
    { title: 'MADE' },
    { title: 'LABEL', flexible: true },
  ];
  out.table(
    columns,
    keys.map((key): Cell[] => [
      { text: key.public_key, style: key.state === 'revoked' ? 'dim' : 'bold' },
      { text: key.state, style: styleOfKey[key.state] },
      out.time(sinceOf(key)),
      out.time(key.created_at),
      key.label,
    ]),
  );
}

/** Since when a key has its state. */
function sinceOf({ state, created_at, retiring_at, revoked_at }: ProjectKey): string | null {
  const since: Record<KeyState, string | null> = {
    active: created_at,
    retiring: retiring_at,
    revoked: revoked_at,
  };
  return since[state];
}
