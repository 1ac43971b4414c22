import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Configuration } from '../../contract/configuration.ts';
import { formatProblem, maxFileBytes, parseConfiguration } from './index.ts';

const example = readFileSync(new URL('../../../slipway.example.yml', import.meta.url), 'utf8');

/** A file without problems, for one change at a time. */
const valid = `
repositories:
  harbor:
    url: /srv/git/harbor.git
apps:
  web:
    repository: harbor
    team: web
    steps:
      - name: Build
        run: make
    environments:
      staging:
      production:
`;

function problemsOf(source: string | Uint8Array): string[] {
  const result = parseConfiguration(source, 'slipway.yml');
  return result.ok ? [] : result.problems.map(formatProblem);
}

/** Replaces one part of the valid file, and says what is wrong then, without the place. */
function problemsWith(part: string, replacement: string): string[] {
  expect(valid).toContain(part);
  return problemsOf(valid.replace(part, replacement)).map((line) =>
    line.replace(/^slipway\.yml:\d+:\d+ /, ''),
  );
}

function configurationOf(source: string) {
  const result = parseConfiguration(source, 'slipway.yml');
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.configuration;
}

describe('a file without problems', () => {
  it('is parsed with defaults filled in', () => {
    expect(configurationOf(valid)).toEqual({
      repositories: [
        { name: 'harbor', url: '/srv/git/harbor.git', credential: null, fetch_every_seconds: 60 },
      ],
      apps: [
        {
          name: 'web',
          repository: 'harbor',
          team: 'web',
          paths: [],
          provider: 'shell',
          env: {},
          secrets: {},
          timeout_seconds: 3600,
          silence_timeout_seconds: 600,
          steps: [
            {
              name: 'Build',
              command: { kind: 'script', script: 'make' },
              directory: '.',
              timeout_seconds: null,
              env: {},
              only: null,
            },
          ],
          environments: ['staging', 'production'].map((name) => ({
            name,
            ref: null,
            url: null,
            env: {},
            secrets: {},
            timeout_seconds: null,
            silence_timeout_seconds: null,
            steps: null,
            required_checks: [],
            optional_checks: [],
            health: null,
          })),
        },
      ],
    });
  });

  it('has the shape that the contract promises', () => {
    const configuration = configurationOf(example);
    expect(Configuration.parse(configuration)).toEqual(configuration);
  });

  it('has Slipway host a repository without a url', () => {
    const hosted = { name: 'harbor', url: null, credential: null, fetch_every_seconds: 60 };
    for (const nothing of ['', ' {}'])
      expect(
        configurationOf(valid.replace(':\n    url: /srv/git/harbor.git', `:${nothing}`)).repositories,
      ).toEqual([hosted]);
    const limited = configurationOf(valid.replace('url: /srv/git/harbor.git', 'push_limit: 2GiB'));
    expect(limited.repositories).toEqual([{ ...hosted, push_limit_bytes: 2 * 1024 ** 3 }]);
  });

  it('keeps the order of the file, also for names that look like numbers', () => {
    const names = ['b', '10', 'a', '2'];
    const file = valid.replace(
      '      staging:\n      production:\n',
      names.map((name) => `      ${name}:\n`).join(''),
    );
    expect(configurationOf(file).apps[0]?.environments.map(({ name }) => name)).toEqual(names);
  });

  it('keeps the spelling of plain values', () => {
    const env = 'env: { A: 1.10, B: 007, C: 0x1F, D: true, E: True, F: 12345678901234567890, G: yes, H: "" }';
    expect(configurationOf(valid.replace('team: web', `team: web\n    ${env}`)).apps[0]?.env).toEqual({
      A: '1.10',
      B: '007',
      C: '0x1F',
      D: 'true',
      E: 'True',
      F: '12345678901234567890',
      G: 'yes',
      H: '',
    });
  });

  it('reads durations and the three kinds of references', () => {
    const settings = `timeout: 2h\n    silence_timeout: 90s\n    secrets: { A: "\${secret:a.b_c}", B: "\${HOME}", C: "\${file:/x/y}" }`;
    expect(configurationOf(valid.replace('team: web', `team: web\n    ${settings}`)).apps[0]).toMatchObject({
      timeout_seconds: 7200,
      silence_timeout_seconds: 90,
      secrets: {
        A: { kind: 'secret', name: 'a.b_c' },
        B: { kind: 'environment', name: 'HOME' },
        C: { kind: 'file', path: '/x/y' },
      },
    });
  });

  it('may use aliases, and names that are properties of every JavaScript object', () => {
    const file = valid
      .replace('team: web', 'team: web\n    env: &shared { constructor: a, toString: b }')
      .replace('      staging:', '      constructor: { env: *shared }');
    const [app] = configurationOf(file).apps;
    expect(app?.environments[0]).toMatchObject({
      name: 'constructor',
      env: { constructor: 'a', toString: 'b' },
    });
  });

  it('may have Windows line ends', () => {
    expect(configurationOf(valid.replaceAll('\n', '\r\n'))).toEqual(configurationOf(valid));
  });
});

describe('problems', () => {
  it('are all reported at once, in order, each with its place', () => {
    const file = `repositories:
  harbor: { url: https://git.example.com/x.git, tokn: "\${secret:a}" }
apps:
  web:
    repository: habor
    team: web
    steps: [{ name: Build, run: make, only: [prod] }]
    enviroments: {}
  api:
    repository: harbor
    timeout: soon
    provider: shel
    steps: [{ name: Build, run: make, argv: [make], only: [prodution] }]
    environments: { production: }
admins: {}
`;
    expect(problemsOf(file)).toEqual([
      'slipway.yml:2:49 unknown key `tokn`; did you mean `token`?',
      'slipway.yml:5:17 unknown repository `habor`; did you mean `harbor`?',
      'slipway.yml:8:5 unknown key `enviroments`; did you mean `environments`?',
      'slipway.yml:9:3 `api` lacks `team`',
      'slipway.yml:11:14 `timeout` must be whole seconds, or a duration such as "90s", "10m" or "2h"',
      'slipway.yml:12:15 unknown `provider` `shel`; did you mean `shell`?',
      'slipway.yml:13:39 a step has either `run` or `argv`, not both',
      'slipway.yml:13:60 unknown environment `prodution`; did you mean `production`?',
      'slipway.yml:14:21 environment `production` has no steps: `only` leaves none for it',
      'slipway.yml:15:1 unknown key `admins`; did you mean `admin`?',
    ]);
  });

  it('name the setting by its path', () => {
    const result = parseConfiguration(valid.replace('run: make', 'run: ""'), 'slipway.yml');
    expect(result).toEqual({
      ok: false,
      problems: [
        {
          file: 'slipway.yml',
          line: 11,
          column: 14,
          path: 'apps.web.steps[0].run',
          message: '`run` is empty',
        },
      ],
    });
  });

  it.each<[string, string, string[]]>([
    ['repository: harbor', 'repository: other', ['unknown repository `other`; known: `harbor`']],
    [
      '  harbor:\n    url: /srv/git/harbor.git\n',
      '  {}\n',
      ['unknown repository `harbor`; `repositories` declares none'],
    ],
    ['repositories:', 'repositoris:', ['unknown key `repositoris`; did you mean `repositories`?']],
    ['      - name: Build', '      - nam: Build', ['unknown key `nam`; did you mean `name`?']],
    ['run: make', 'runs: make', ['unknown key `runs`; did you mean `run`?']],
    ['        run: make\n', '', ['a step needs `run` (a script) or `argv` (a command and its arguments)']],
    ['steps:', 'step:', ['unknown key `step`; did you mean `steps`?']],
    [
      '    steps:\n      - name: Build\n        run: make\n',
      '',
      ['staging', 'production'].map(
        (name) => `environment \`${name}\` has no steps, and neither has its app`,
      ),
    ],
    ['\n      staging:\n      production:\n', ' {}\n', ['app `web` has no environments']],
    ['\n      staging:\n      production:\n', ' []\n', ['`environments` must be a mapping, not a list']],
    ['\n      staging:\n      production:\n', '\n', ['`environments` must be a mapping, but it is empty']],
    [
      'run: make',
      'run: make\n        only: [staging]',
      ['environment `production` has no steps: `only` leaves none for it'],
    ],
    ['run: make', 'argv: make', ['`argv` must be a list, not a text']],
    ['run: make', 'argv: []', ['`argv` is an empty list; leave it out or fill it']],
    ['run: make', 'argv: [sleep, 5]', ['`argv[1]` must be a text, not a number']],
    ['run: make', 'run: make\n        directory: ../x', ['`directory` must stay inside the checkout']],
    ['run: make', 'run: make\n        directory: a/../../x', ['`directory` must stay inside the checkout']],
    ['run: make', 'run: make\n        directory: /etc', ['`directory` must be relative to the checkout']],
    [
      'run: make',
      'run: make\n        env: { A: }',
      ['`A` must be a text (`""` for an empty one), but it is empty'],
    ],
    [
      'run: make',
      'run: make\n        env: { A: [x] }',
      ['`A` must be a text (`""` for an empty one), not a list'],
    ],
    ['run: make', 'run: "a\\0b"', ['a value cannot contain the NUL character']],
    ['name: Build', 'name: "Build\\x1b[2J"', ['`name` must be a single line without control characters']],
    [
      '  web:\n',
      '  Web_1:\n',
      ['`Web_1` is no name: up to 63 lower-case letters, digits and hyphens, not starting with a hyphen'],
    ],
    [
      'team: web',
      'team: web\n    env: { SLIPWAY_SHA: x }',
      ['`SLIPWAY_SHA` cannot start with `SLIPWAY_`: Slipway sets those itself'],
    ],
    [
      'team: web',
      'team: web\n    env: { 1A: x }',
      ['`1A` is no name of an environment variable: letters, digits and `_`, not starting with a digit'],
    ],
    [
      'team: web',
      `team: web\n    env: { A: "\${secret:a}" }`,
      ['`A` is a reference; references stand under `secrets`, plain values here'],
    ],
    [
      'team: web',
      `team: web\n    env: { A: x }\n    secrets: { A: "\${B}" }`,
      ['`A` stands under `env` too; keep one'],
    ],
    [
      'team: web',
      `team: web\n    secrets: { A: "\${SLIPWAY_SECRET_KEY}" }`,
      ['`A` cannot be `SLIPWAY_SECRET_KEY`: that is a setting of Slipway itself, which no deploy may read'],
    ],
    ['team: web', 'team: web\n    timeout: 0', ['`timeout` must be at least 1 s']],
    [
      'team: web',
      'team: web\n    timeout: 30d',
      ['`timeout` must be whole seconds, or a duration such as "90s", "10m" or "2h"'],
    ],
    [
      'team: web',
      'team: web\n    timeout: 1.5',
      ['`timeout` must be whole seconds, or a duration such as "90s", "10m" or "2h"'],
    ],
    ['team: web', 'team: web\n    timeout: 999h', ['`timeout` must be at most a week (604800 s)']],
    ['team: web', 'team: web\n    provider: kubernetes', ['unknown `provider` `kubernetes`; known: `shell`']],
    [
      'team: web',
      'team: web\n    paths: [web/]',
      ['`paths[0]` names a directory and matches no file; write `web/**`'],
    ],
    ['staging:', 'staging: { ref: -x }', ['`ref` is no branch, tag or commit sha']],
    ['staging:', 'staging: { ref: "a b" }', ['`ref` is no branch, tag or commit sha']],
    ['staging:', 'staging: { ref: a.lock }', ['`ref` is no branch, tag or commit sha']],
    [
      'staging:',
      'staging: { url: "javascript:alert(1)" }',
      ['`url` must be a url such as https://app.example.com/health'],
    ],
    [
      'staging:',
      'staging: { health: { url: "http://a:b@c" } }',
      ['`url` must not contain a user name or a password'],
    ],
    [
      'staging:',
      'staging: { health: { url: "http://c", contains_sha: yes } }',
      ['`contains_sha` must be true or false, not a text'],
    ],
    ['staging:', 'staging: { health: { timeout: 5 } }', ['`health` lacks `url`']],
    [
      'staging:',
      'staging: { required_checks: [test], optional_checks: [test] }',
      ['`test` stands under `required_checks` too; keep one'],
    ],
    [
      'url: /srv/git/harbor.git',
      `url: /srv/git/harbor.git\n    token: "\${secret:a}"`,
      ['`token` is for http and https urls; this one takes no credential'],
    ],
    [
      'url: /srv/git/harbor.git',
      `token: "\${secret:a}"`,
      ['`token` needs a `url`: without one Slipway hosts the repository itself'],
    ],
    [
      'url: /srv/git/harbor.git',
      'fetch_every: 60',
      ['`fetch_every` needs a `url`: without one Slipway hosts the repository itself'],
    ],
    [
      'url: /srv/git/harbor.git',
      'url: /srv/git/harbor.git\n    push_limit: 1GiB',
      ['`push_limit` is for repositories that Slipway hosts; this one has a `url`'],
    ],
    [
      'url: /srv/git/harbor.git',
      'push_limit: plenty',
      ['`push_limit` must be whole bytes, or a size such as "500MB" or "2GiB"'],
    ],
    ['url: /srv/git/harbor.git', 'ulr: /srv/git/harbor.git', ['unknown key `ulr`; did you mean `url`?']],
    [
      'url: /srv/git/harbor.git',
      `url: git@host:x.git\n    token: "\${secret:a}"`,
      ['`token` is for http and https urls; this one needs `ssh_key`'],
    ],
    [
      'url: /srv/git/harbor.git',
      `url: https://host/x.git\n    ssh_key: "\${secret:a}"`,
      ['`ssh_key` is for ssh urls; this one needs `token`'],
    ],
    [
      'url: /srv/git/harbor.git',
      `url: https://host/x.git\n    token: "\${secret:a}"\n    ssh_key: "\${secret:a}"`,
      ['`token` and `ssh_key` exclude each other; keep the one that fits the url'],
    ],
  ])('%j → %j', (part, replacement, expected) => {
    expect(problemsWith(part, replacement)).toEqual(expected);
  });

  it.each([
    'token: hunter2-hunter2',
    `token: "\${{ secrets.hunter2 }}"`,
    `token: "\${secrets:hunter2}"`,
    `token: "\${file:hunter2}"`,
    'token: [hunter2]',
  ])('never repeat a literal secret: %s', (line) => {
    const problems = problemsWith('url: /srv/git/harbor.git', `url: https://host/x.git\n    ${line}`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`\${secret:NAME}`);
    expect(problems[0]).toContain(`\${ENV_NAME}`);
    expect(problems[0]).toContain(`\${file:/abs/path}`);
    expect(problems.join()).not.toContain('hunter2');
  });

  it('never repeat a secret when the YAML around it is broken', () => {
    for (const broken of [
      'token: @hunter2',
      'token: "hunter2',
      'token: {hunter2',
      'token: !hunter2 x',
      'token: "\\hunter2"',
    ]) {
      const problems = problemsWith('url: /srv/git/harbor.git', `url: https://host/x.git\n    ${broken}`);
      expect(problems).not.toEqual([]);
      expect(problems.join()).not.toContain('hunter2');
    }
  });

  it('stop at a thousand', () => {
    const problems = problemsOf(
      `apps:\n${'  - x\n'.repeat(3)}${Array.from({ length: 3000 }, (_, n) => `k${n}: 1\n`).join('')}`,
    );
    expect(problems).toHaveLength(1001);
    expect(problems.at(-1)).toContain('and 2001 more problems');
  });
});

describe('a file that is not what it should be', () => {
  const utf8 = (text: string) => new TextEncoder().encode(text);

  it.each<[string, string | Uint8Array, string]>([
    ['empty', '', 'slipway.yml:1:1 the file is empty'],
    ['nothing but comments', '# a\n\n', 'slipway.yml:1:1 the file is empty'],
    ['an empty mapping', '{}', 'slipway.yml:1:1 the file declares nothing'],
    ['a list', '- a', 'slipway.yml:1:1 the file must be a mapping, not a list'],
    ['a text', 'hello', 'slipway.yml:1:1 the file must be a mapping, not a text'],
    ['a byte order mark', `\uFEFF${valid}`, 'slipway.yml:1:1 the file starts with a byte order mark'],
    [
      'a byte order mark, in bytes',
      utf8(`\uFEFF${valid}`),
      'slipway.yml:1:1 the file starts with a byte order mark',
    ],
    ['UTF-16', Buffer.from(`\uFEFF${valid}`, 'utf16le'), 'slipway.yml:1:1 the file is UTF-16'],
    ['Latin-1', Buffer.from('a: 1\nbä: ü', 'latin1'), 'slipway.yml:2:2 the file is not UTF-8 from here on'],
    ['half a character at its end', utf8('a: ü').subarray(0, 4), 'slipway.yml:1:4 the file is not UTF-8'],
    [
      'too large',
      ' '.repeat(maxFileBytes + 1),
      'slipway.yml:1:1 the file has 16777217 bytes; at most 16777216 are read',
    ],
    ['a NUL', 'a: 1\nb: \0', 'slipway.yml:2:4 the control character U+0000'],
    ['tabs', 'apps:\n\tweb: {}', 'slipway.yml:2:1 a tab cannot indent'],
    ['a second document', 'apps: {}\n---\napps: {}', 'slipway.yml:2:1 a second document starts here'],
    ['another YAML', '%YAML 1.1\n---\napps: {}', 'slipway.yml:1:1 YAML 1.1 reads some values differently'],
    ['a quote that is not closed', 'apps: "x', 'slipway.yml:1:9 a character is missing before this'],
    ['a bracket that is not closed', 'apps: [x', 'slipway.yml:1:9 '],
    ['a colon in a text', 'apps: a: b', 'slipway.yml:1:7 a value cannot be a mapping on the same line'],
    ['a bad indentation', 'apps:\n    a: 1\n  b: 2', 'slipway.yml:3:'],
    [
      'a reserved character',
      'apps: @x',
      'slipway.yml:1:7 a text that starts with this character needs quotes',
    ],
    ['an unknown tag', 'apps: !x {}', 'slipway.yml:1:7 this tag'],
    ['a duplicate key', 'apps: {}\nrepositories: {}\napps: {}', 'slipway.yml:3:1 duplicate key `apps`'],
    ['a merge key', 'apps: { <<: {} }', 'slipway.yml:1:9 merge keys (`<<`) are not supported'],
    ['a key that is a list', 'apps: { [a]: b }', 'slipway.yml:1:9 a key must be a plain word'],
    ['no key', 'apps: { : b }', 'slipway.yml:1:8 a key is missing before the `:`'],
    ['the prototype', 'apps: { __proto__: {} }', 'slipway.yml:1:9 `__proto__` cannot be a key'],
    ['an unknown alias', 'apps: *x', 'slipway.yml:1:7 this alias has no anchor before it'],
    ['an alias to what contains it', 'apps: &x { a: *x }', 'slipway.yml:1:15 `*x` contains itself'],
    ['depth', `apps: ${'['.repeat(70)}${']'.repeat(70)}`, 'slipway.yml:1:70 nested more than 64 levels deep'],
  ])('%s', (_, source, expected) => {
    const problems = problemsOf(source);
    expect(
      problems.some((problem) => problem.startsWith(expected)),
      problems.join('\n'),
    ).toBe(true);
  });

  it('an alias bomb', () => {
    const level = (n: number) => `a${n}: &a${n} [${`*a${n - 1},`.repeat(10)}]\n`;
    const bomb = `a0: &a0 [x]\n${Array.from({ length: 12 }, (_, n) => level(n + 1)).join('')}`;
    const said = problemsOf(bomb).filter((problem) => problem.includes('aliases expand to more than'));
    expect(said).toEqual([expect.stringMatching(/^\S+:\d+:\d+ aliases expand to more than 10000 values/)]);
  });

  it('a chain of aliases of any length', () => {
    const chain = `a0: &a0 [x]\n${Array.from({ length: 20_000 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}]\n`).join('')}`;
    expect(problemsOf(chain).length).toBeGreaterThan(0);
  });

  it('100,000 keys, without comparing each with each other', () => {
    const keys = Array.from({ length: 100_000 }, (_, n) => `k${n}:\n`).join('');
    expect(problemsOf(keys).length).toBeGreaterThan(0);
  });

  it('anything at all: it answers, with places inside the file', () => {
    const edit = fc.record({
      at: fc.nat({ max: example.length }),
      remove: fc.nat({ max: 40 }),
      insert: fc.oneof(
        fc.constantFrom('\t', ':', '- ', '{', ']', '"', '*a', '&a ', '\n', '  ', 'null', '|'),
        fc.string(),
      ),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        let text = example;
        for (const { at, remove, insert } of edits)
          text = text.slice(0, at) + insert + text.slice(at + remove);
        const result = parseConfiguration(text, 'slipway.yml');
        const lines = text.split('\n');
        for (const problem of result.ok ? [] : result.problems) {
          expect(problem.line).toBeGreaterThan(0);
          expect(problem.line).toBeLessThanOrEqual(lines.length);
          expect(problem.column).toBeLessThanOrEqual((lines[problem.line - 1]?.length ?? 0) + 1);
          expect(problem.message).not.toMatch(/undefined|\[object|Invalid input/);
        }
      }),
      { numRuns: 150 },
    );
  });
});
