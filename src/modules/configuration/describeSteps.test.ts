import { expect, it } from 'vitest';
import type { EnvironmentStep, StepCommand } from '../../contract/configuration.ts';
import { describeSteps } from './describeSteps.ts';

function step(command: StepCommand, more: Partial<EnvironmentStep> = {}): EnvironmentStep {
  return { name: 'Build', command, directory: '.', timeout_seconds: null, env: {}, ...more };
}

it.each<[EnvironmentStep, string]>([
  [step({ kind: 'script', script: 'make\n' }), 'Build: make'],
  [step({ kind: 'script', script: '# first\n\nnpm ci\nnpm test\n' }), 'Build: npm ci … (2 lines)'],
  [step({ kind: 'script', script: '# nothing' }), 'Build: # nothing'],
  [step({ kind: 'argv', argv: ['./restart', '--graceful'] }), 'Build: ./restart --graceful'],
  [step({ kind: 'argv', argv: ['echo', "it's two", ''] }), "Build: echo 'it'\\''s two' ''"],
  [
    step({ kind: 'argv', argv: ['make'] }, { directory: 'web', timeout_seconds: 300 }),
    'Build: make (in web, at most 300 s)',
  ],
  [step({ kind: 'script', script: 'x'.repeat(200) }), `Build: ${'x'.repeat(79)}…`],
])('%# %s', (given, expected) => {
  expect(describeSteps([given])).toEqual([expected]);
});
