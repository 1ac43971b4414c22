import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { type AnyCommand, isGroup } from './command.ts';
import { commandTitles } from './commands/index.ts';
import { allCommands, commandsFor } from './loadCommands.ts';

const sections = await allCommands();

test('a command is listed under the name that it has itself', () => {
  const listed = commandTitles.map(({ commands }) => Object.keys(commands));
  expect(listed).toEqual(sections.map(({ commands }) => commands.map(nameOf)));
});

test('every command that is defined is listed', async () => {
  const listed = new Set<unknown>(sections.flatMap(({ commands }) => commands).flatMap(withItsOwn));
  const directory = join(import.meta.dirname, 'commands');
  const files = await readdir(directory, { recursive: true });
  for (const file of files.filter((name) => /(?<!\.test)\.ts$/.test(name))) {
    const exported: Record<string, unknown> = await import(join(directory, file));
    for (const [name, value] of Object.entries(exported)) {
      if (isCommand(value))
        expect(listed, `${name} of ${file} stands in no list of commands`).toContain(value);
    }
  }
});

test.each([
  ['status', ['status']],
  ['--json --times --url http://x status', ['status']],
  ['--url=http://x status deploy', ['status']],
  ['-- status', 'all'],
  ['--url status', 'all'],
  ['--url status deploy', ['deploy']],
  ['--wrong status', 'all'],
  ['stauts', 'all'],
  ['constructor', 'all'],
  ['help status', 'all'],
  ['--version', []],
  ['--version status', 'all'],
])('for %s it loads %j', async (line, names) => {
  const loaded = (await commandsFor(line.split(' '))).flatMap(({ commands }) => commands.map(nameOf));
  expect(loaded).toEqual(names === 'all' ? sections.flatMap(({ commands }) => commands.map(nameOf)) : names);
});

/** What reads files offline, speaks to a database, or checks what it is sent. */
const heavy = ['apply', 'bootstrap', 'doctor', 'events', 'fixtures', 'login', 'logout', 'plan', 'workflow'];

test('all other commands start without schemas, and without what only some of them come to need', async () => {
  const names = sections.flatMap(({ commands }) => commands.map(nameOf));
  const light = names.filter((name) => !heavy.includes(name));
  expect(await packagesLoadedBy(light)).toEqual(['commander', 'eventsource-parser']);
  expect(await packagesLoadedBy(heavy)).toContain('zod');
});

test('a run of a workflow begins without schemas, and without the fetch that comes with node:http', async () => {
  expect(await packagesLoadedBy(['workflow'], '../workflows/run/index.ts')).toEqual([
    'commander',
    'eventsource-parser',
    'lru-cache',
    'yaml',
  ]);
});

const nameOf = (command: AnyCommand): string => command.name.split(' ')[0] ?? '';

const withItsOwn = (command: AnyCommand): AnyCommand[] =>
  isGroup(command) ? [command, ...command.commands] : [command];

const isCommand = (value: unknown): value is AnyCommand =>
  typeof value === 'object' && value !== null && 'summary' in value && 'examples' in value;

/** The packages that a process loads for these commands, and to find the server or for what `more` is. */
async function packagesLoadedBy(
  names: readonly string[],
  more = './connection/connect.ts',
): Promise<string[]> {
  const program = `
    import { registerHooks } from 'node:module';
    const packages = new Set();
    registerHooks({
      load(url, context, next) {
        const name = /node_modules[/]((?:@[^/]+[/])?[^/]+)/.exec(url)?.[1] ?? /^node:https?$/.exec(url)?.[0];
        if (name) packages.add(name);
        return next(url, context);
      },
    });
    const [cli, more, ...names] = process.argv.slice(1);
    await import(cli + '/runCli.ts');
    await import(cli + '/' + more);
    const { commandsFor } = await import(cli + '/loadCommands.ts');
    for (const name of names) await commandsFor([name]);
    console.log(JSON.stringify([...packages].sort()));`;
  const argv = ['--input-type=module', '--eval', program, import.meta.dirname, more, ...names];
  const { stdout } = await promisify(execFile)(process.execPath, argv);
  return JSON.parse(stdout);
}
