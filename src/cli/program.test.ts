import { expect, test } from 'vitest';
import type { CommandSpec } from './command.ts';
import { allCommands } from './loadCommands.ts';
import { buildProgram, withDefaultVerb } from './program.ts';

const sections = await allCommands();

test('every command is listed, and its help has an example that begins with its name', async () => {
  const overview = await helpOf();
  for (const command of sections.flatMap((section) => section.commands)) {
    const name = command.name.split(' ')[0] ?? '';
    if ('hidden' in command) continue;
    expect(overview).toContain(`\n  ${name}`);
    const paths =
      'commands' in command
        ? command.commands.map((spec) => [name, spec.name.split(' ')[0] ?? ''])
        : [[name]];
    for (const path of [[name], ...paths]) {
      expect(await helpOf(...path)).toMatch(new RegExp(`Examples:\\n.*slipway ${name}`));
    }
  }
});

test.each([
  ['repos', 'repos list'],
  ['repos --json', 'repos list --json'],
  ['--json repos', '--json repos list'],
  ['--url http://x repos', '--url http://x repos list'],
  ['repos --help', 'repos --help'],
  ['repos fetch harbor', 'repos fetch harbor'],
  ['repos lst', 'repos lst'],
  ['checks harbor 3f2a9c1d', 'checks list harbor 3f2a9c1d'],
  ['checks report harbor 3f2a test', 'checks report harbor 3f2a test'],
  ['status repos', 'status repos'],
])('%s means %s', (typed, meant) => {
  expect(withDefaultVerb(program().program, typed.split(' ')).join(' ')).toBe(meant);
});

test('arguments and options reach the command, wherever the common options stand', async () => {
  const { program: built, executed } = program();
  await built.parseAsync(['--json', 'deploy', 'harbor', 'staging', '-f', '--force', 'why', '--url', 'x'], {
    from: 'user',
  });
  expect(executed).toEqual([
    {
      name: 'deploy <app> [environment] [ref]',
      args: ['harbor', 'staging', undefined],
      options: expect.objectContaining({ json: true, follow: true, force: 'why', url: 'x', fetch: true }),
    },
  ]);
});

test.each([
  [['stauts'], "unknown command 'stauts'"],
  [['deploy', 'a', 'b', '--folow'], '(Did you mean --follow?)'],
  [['repos', 'fetsh', 'x'], '(Did you mean fetch?)'],
  [['show'], "missing required argument 'deploy'"],
  [['show', 'a', 'b'], 'too many arguments'],
  [['deploys', '--limit', 'x'], 'It takes a whole number from 1.'],
])('%j is told what is wrong', async (argv, message) => {
  const { program: built, printed } = program();
  await expect(built.parseAsync(argv, { from: 'user' })).rejects.toThrow();
  expect(printed()).toContain(message);
});

async function helpOf(...path: string[]): Promise<string> {
  const { program: built, printed } = program();
  await built.parseAsync([...path, '--help'], { from: 'user' }).catch(() => {});
  return printed();
}

function program() {
  let text = '';
  const executed: { name: string; args: string[]; options: object }[] = [];
  const write = (part: string) => {
    text += part;
  };
  const built = buildProgram(
    {
      version: '1.2.3',
      json: false,
      paint: (_style, part) => part,
      writeOut: write,
      writeErr: write,
      execute: async (spec: CommandSpec, options, args) => {
        executed.push({ name: spec.name, options, args });
      },
    },
    sections,
  );
  return { program: built, printed: () => text, executed };
}
