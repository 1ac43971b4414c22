import { expect, test } from 'vitest';
import { allCommands } from '../loadCommands.ts';
import { planCompletion } from './plan.ts';

const commands = (await allCommands()).flatMap((section) => section.commands);
const plan = (line: string) => planCompletion(commands, line.split(' '));
const words = (line: string) => {
  const planned = plan(line);
  return planned.kind === 'words' ? planned.words.map(({ word }) => word) : planned;
};

test('commands, but not the hidden ones', () => {
  expect(words('')).toContain('deploy');
  expect(words('')).not.toContain('__complete');
  expect(words('help ')).toContain('deploy');
  expect(words('repos ')).toEqual(['list', 'show', 'fetch', 'refs', 'delete']);
  expect(words('nonsense ')).toEqual([]);
});

test('names that the server knows, by the place of the argument', () => {
  expect(plan('deploy ')).toEqual({ kind: 'names', of: 'app', before: [] });
  expect(plan('deploy harbor ')).toEqual({ kind: 'names', of: 'environment', before: ['harbor'] });
  expect(plan('deploy harbor staging ')).toMatchObject({ of: 'ref', before: ['harbor', 'staging'] });
  expect(plan('deploy harbor/staging ')).toMatchObject({ of: 'ref' });
  expect(plan('deploy -f --force why harbor ')).toMatchObject({ of: 'environment', before: ['harbor'] });
  expect(plan('logs ')).toMatchObject({ of: 'deploy' });
  expect(plan('run show ')).toMatchObject({ of: 'run' });
  expect(plan('workflow dispatch ')).toMatchObject({ of: 'workflow' });
  expect(plan('repos fetch ')).toMatchObject({ of: 'repository' });
  expect(plan('teams join ')).toMatchObject({ of: 'team' });
  expect(plan('teams join web ')).toMatchObject({ of: 'user' });
  expect(plan('projects rotate ')).toMatchObject({ of: 'project' });
  expect(plan('projects move storefront ')).toMatchObject({ of: 'team' });
  expect(plan('projects revoke storefront ')).toMatchObject({ of: 'key', before: ['storefront'] });
  expect(words('deploy harbor staging main ')).toEqual([]);
});

test('options and their values', () => {
  expect(words('deploy --')).toEqual(expect.arrayContaining(['--follow', '--force', '--no-fetch', '--json']));
  expect(words('users add ann --role ')).toEqual(['viewer', 'member', 'admin', 'owner']);
  expect(words('deploys --state ')).toContain('succeeded');
  expect(plan('deploys --app ')).toMatchObject({ of: 'app' });
  expect(plan('projects show storefront --key ')).toMatchObject({ of: 'key', before: ['storefront'] });
  expect(plan('secrets set X --repository ')).toMatchObject({ of: 'repository' });
  expect(plan('secrets set X --repository harbor --environment ')).toMatchObject({ of: 'jobenvironment' });
  expect(plan('secrets import ')).toEqual({ kind: 'files' });
  expect(words('environments set x --approval ')).toEqual(['none', 'deployers', 'teams']);
  expect(plan('run logs harbor/test#1 --job ')).toEqual({
    kind: 'names',
    of: 'job',
    before: ['harbor/test#1'],
  });
  expect(plan('apply ')).toEqual({ kind: 'files' });
});
