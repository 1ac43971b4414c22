import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv04 from 'ajv-draft-04';
import { afterAll, beforeAll, expect, test } from 'vitest';

const bin = join(import.meta.dirname, '../../../../bin/slipway');
let root: string;

const good = 'on: push\njobs:\n  build:\n    runs-on: x\n    steps: [{run: x}]\n';
const bad = good.replace('push', 'psuh').replace('x}', '"\t你好 ${{ nope.x }}"}');
const warned = good.replace('run: x', 'run: "${{ github.head_ref }}"');

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'slipway-check-'));
  await mkdir(join(root, '.git'));
  await mkdir(join(root, '.github/workflows'), { recursive: true });
  await mkdir(join(root, '.github/actions/one'), { recursive: true });
  await mkdir(join(root, 'bare'));
  await writeFile(join(root, '.github/workflows/good.yml'), good);
  await writeFile(
    join(root, '.github/actions/one/action.yml'),
    'name: x\ndescription: y\nruns: {using: composite}\n',
  );
  await writeFile(join(root, 'bad file.yml'), bad);
  await writeFile(join(root, 'warned.yml'), warned);
  await writeFile(join(root, 'bytes.yml'), Buffer.from([0x6f, 0x6e, 0x0a, 0x3a, 0xff]));
});
afterAll(() => rm(root, { recursive: true }));

test('a finding is shown with its place, its line and a mark below', async () => {
  const { code, stdout, stderr } = await check(['bad file.yml']);
  expect(code).toBe(1);
  expect(stdout.split('\n')).toEqual([
    'bad file.yml:1:5: error: unknown event `psuh`; did you mean `push`? [unknown-value]',
    '    1 | on: psuh',
    '      |     ^^^^',
    expect.stringMatching(/^bad file\.yml:5:28: error: there is no context `nope`; known: .* \[context\]$/),
    '    5 |     steps: [{run: "\t你好 ${{ nope.x }}"}]',
    '      |                    \t         ^^^^',
    '',
  ]);
  expect(stderr).toBe('2 errors in 1 of 1 file\n');
});

test('without files: the workflows of the checkout and the actions beside them, from any directory of it', async () => {
  const { code, stdout } = await check(['--json'], { cwd: join(root, 'bare') });
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toEqual({
    files: ['../.github/workflows/good.yml', '../.github/actions/one/action.yml'],
    counts: { errors: 1, warnings: 0 },
    findings: [
      {
        file: '../.github/actions/one/action.yml',
        line: 3,
        column: 8,
        end_line: 3,
        end_column: 13,
        severity: 'error',
        rule: 'missing-key',
        message: '`steps` is missing',
      },
    ],
  });
});

test('SARIF names each rule once, and places in UTF-16 units', async () => {
  const { stdout } = await check(['--sarif', 'bad file.yml', 'warned.yml']);
  const { version, runs } = JSON.parse(stdout);
  expect(version).toBe('2.1.0');
  const [{ results, tool, columnKind }] = runs;
  expect(columnKind).toBe('utf16CodeUnits');
  expect(new Set(tool.driver.rules.map(({ id }: { id: string }) => id)).size).toBe(tool.driver.rules.length);
  expect(results).toHaveLength(3);
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
  expect(results[1]).toMatchObject({
    level: 'error',
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'bad%20file.yml' },
          region: { startLine: 5, startColumn: 28, endLine: 5, endColumn: 32 },
        },
      },
    ],
  });
});

test('SARIF is what its official schema says', async () => {
  const schema = JSON.parse(await readFile('test/data/schemas/sarif-2.1.0-rtm.5.json', 'utf8'));
  const validate = new Ajv04.default({
    strict: false,
    validateFormats: false,
    unicodeRegExp: false,
    allErrors: true,
  }).compile(schema);
  const { stdout } = await check(['--sarif', 'bad file.yml', 'warned.yml', '.github/workflows/good.yml']);
  validate(JSON.parse(stdout));
  expect(validate.errors).toBe(null);
  expect(validate({ ...JSON.parse(stdout), version: '3' })).toBe(false);
});

test.each<[string, string[], number, string]>([
  ['nothing found', ['.github/workflows/good.yml'], 0, '1 file checked: nothing found'],
  ['warnings only', ['warned.yml'], 0, '1 warning in 1 of 1 file'],
  ['warnings, strictly', ['warned.yml', '--strict'], 1, '1 warning in 1 of 1 file'],
  ['no such file', ['none.yml'], 2, 'there is no file none.yml'],
  ['a directory', ['.github'], 2, '.github is a directory; name files in it'],
  ['no format', ['--format', 'xml'], 2, 'Allowed choices are text, json, sarif'],
  ['bytes that are no text', ['bytes.yml'], 1, '1 error in 1 of 1 file'],
])('%s', async (_what, args, code, said) => {
  const result = await check(args);
  expect(result.code).toBe(code);
  expect(result.stderr).toContain(said);
});

test('standard input, with a name for messages', async () => {
  const { code, stdout } = await check(['-', '--stdin-filename', '.github/workflows/new.yml'], {
    stdin: bad,
  });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^\.github\/workflows\/new\.yml:1:5: error: /);
});

function check(
  args: readonly string[],
  { cwd = root, stdin = '' } = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      bin,
      ['workflow', 'check', ...args],
      { cwd, env: { PATH: process.env.PATH } },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
    child.stdin?.end(stdin);
  });
}
