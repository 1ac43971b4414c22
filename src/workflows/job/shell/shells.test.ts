import { expect, test } from 'vitest';
import { startJob, type WrittenStep } from '../testing/startJob.ts';
import { describeExit } from './describeExit.ts';
import { readShell, unnamedShell } from './shells.ts';
import { splitArguments } from './splitArguments.ts';

test.each([
  ['bash', 'bash', ['--noprofile', '--norc', '-eo', 'pipefail', '{0}'], '.sh'],
  ['sh', 'sh', ['-e', '{0}'], '.sh'],
  ['python', 'python', ['{0}'], '.py'],
  ['pwsh', 'pwsh', ['-command', ". '{0}'"], '.ps1'],
  ['bash -x {0} --flag', 'bash', ['-x', '{0}', '--flag'], '.sh'],
  ['bash --noprofile', null, null, null],
  ['perl', null, null, null],
  ['perl {0}', 'perl', ['{0}'], ''],
  ['/usr/bin/env -S node {0}', '/usr/bin/env', ['-S', 'node', '{0}'], ''],
])('shell: %s', (text, command, args, extension) => {
  if (command === null) expect(() => readShell(text)).toThrow('in which {0} stands for the script');
  else expect(readShell(text)).toMatchObject({ command, args, extension });
});

test('without a shell it is bash, or else sh, with -e', () => {
  expect(unnamedShell(true)).toMatchObject({ command: 'bash', args: ['-e', '{0}'] });
  expect(unnamedShell(false)).toMatchObject({ command: 'sh', args: ['-e', '{0}'] });
});

test('arguments are split at spaces outside of quotes', () => {
  expect(splitArguments(`-c "a b" 'c d' e"f g"h "i\\"j"  k`)).toEqual([
    '-c',
    'a b',
    'c d',
    'ef gh',
    'i"j',
    'k',
  ]);
});

const scripts: [string, WrittenStep, string, string][] = [
  ['no shell, no pipefail', { run: 'false | true\necho on' }, 'on\n', 'success'],
  ['no shell stops at errors', { run: 'false\necho on' }, '', 'failure'],
  ['bash has pipefail', { run: 'false | true\necho on', shell: 'bash' }, '', 'failure'],
  ['sh', { run: 'echo ${BASH_VERSION:-none}', shell: 'sh' }, 'none\n', 'success'],
  [
    'python',
    { run: 'import os\nprint(os.getcwd() == os.environ["GITHUB_WORKSPACE"])', shell: 'python' },
    'True\n',
    'success',
  ],
  ['custom', { run: 'console.log(1 + 1)', shell: 'node {0}' }, '2\n', 'success'],
  ['missing', { run: 'x', shell: 'no-such-shell {0}' }, '', 'failure'],
  ['Windows line ends', { run: 'echo a\r\necho b\r\n' }, 'a\nb\n', 'success'],
  ['directory', { run: 'basename $PWD', 'working-directory': '../..' }, '', 'success'],
  ['no directory', { run: 'pwd', 'working-directory': 'nowhere' }, '', 'failure'],
];

test.each(scripts)('a script: %s', async (name, step, output, outcome) => {
  const job = await startJob([step]);
  expect(job.conclusion, job.output).toBe(outcome);
  if (name === 'missing') expect(job.steps[0]).toContain('there is no no-such-shell on this machine');
  else if (name === 'no directory')
    expect(job.steps[0]).toContain('the working directory nowhere does not exist');
  else if (name !== 'directory') expect(job.output).toBe(output);
});

test('defaults, environments in their order, and what the machine is', async () => {
  const at = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
  const entry = (name: string, text: string) => ({ name: { value: name, at }, text: { value: text, at } });
  const job = await startJob(
    [
      {
        run: 'echo $A $B $C $CI $GITHUB_JOB $GITHUB_REPOSITORY $RUNNER_OS ${BASH_VERSION:+bash} $0',
        env: { C: '${{ env.B }}3' },
      },
    ],
    {
      spec: {
        workflowEnv: [entry('A', '1'), entry('B', '1')],
        env: [entry('B', '${{ github.event.after }}')],
        defaults: { shell: { value: 'bash {0}', at }, workingDirectory: null },
      },
    },
  );
  expect(job.output).toMatch(/^1 abc abc3 true test acme\/harbor Linux bash \S+\/temp\/[0-9a-f-]+\.sh\n$/);
});

test.each([
  [{ kind: 'exited', code: 1 }, '', 'exit code 1'],
  [{ kind: 'exited', code: 137 }, '', 'exit code 137: killed, or out of memory'],
  [{ kind: 'exited', code: 124 }, '', 'exit code 124: a time limit set by `timeout`'],
  [
    { kind: 'exited', code: 127 },
    'x.sh: line 1: foo: command not found\n',
    'exit code 127: command not found: foo',
  ],
  [{ kind: 'exited', code: 127 }, 'x.sh: 1: foo: not found\n', 'exit code 127: command not found: foo'],
  [{ kind: 'exited', code: 127 }, '', 'exit code 127: command not found'],
  [
    { kind: 'exited', code: 126 },
    'x.sh: line 1: ./a: Permission denied\n',
    'exit code 126: a command could not be executed: ./a',
  ],
  [{ kind: 'exited', code: 139 }, '', 'exit code 139: it used memory that is not its own'],
  [{ kind: 'signalled', signal: 'SIGKILL' }, '', 'ended by SIGKILL: killed, or out of memory'],
  [{ kind: 'signalled', signal: 'SIGUSR1' }, '', 'ended by SIGUSR1'],
] as const)('%j with %j is %s', (exit, tail, words) => {
  expect(describeExit(exit, tail)).toBe(words);
});
