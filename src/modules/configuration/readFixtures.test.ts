import { describe, expect, it } from 'vitest';
import { formatProblem, parseConfiguration } from './index.ts';

const prefix = 'https://errors.example.com';
const values: Record<string, string> = {
  '${PASSWORD}': 'hunter2-hunter2',
  '${SECRET}': 'hunter2',
  '${HOST}': 'errors.example.com',
  '${ELSEWHERE}': 'hunter2.example.com',
  '${ID}': '00023',
  '${TEAM}': 'Hunter2',
  '${NOTHING}': '',
  '${file:/run/secrets/x}': 'hunter2',
};

function parse(source: string | Uint8Array, urlPrefix: string | null = prefix) {
  return parseConfiguration(source, 'fixtures.yml', { urlPrefix, value: (reference) => values[reference] });
}

function problemsOf(source: string | Uint8Array, urlPrefix?: string | null): string[] {
  const result = parse(source, urlPrefix);
  const problems = result.ok ? [] : result.problems.map(formatProblem);
  expect(problems.join('\n')).not.toMatch(/hunter/i);
  return problems;
}

function valid(source: string, urlPrefix?: string) {
  const result = parse(source, urlPrefix);
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result;
}

const mapped = (dsn: string) => `teams:\n  - name: Web\n    projects:\n      shop: ${dsn}\n`;
const listed = (project: string) => `teams:\n  - name: Web\n    projects:\n      - ${project}\n`;

/** What is wrong with one DSN, without its place and its project. */
function dsnProblems(dsn: string, urlPrefix?: string | null): string[] {
  return problemsOf(mapped(dsn), urlPrefix).map((line) => {
    expect(line).toMatch(/^fixtures\.yml:4:\d+ team "Web", project "shop": /);
    return line.replace(/^.*?project "shop": /, '');
  });
}

describe('a file as the seed writes it', () => {
  const seed = `# admin details
admin:
# username for creating superuser
  username: admin
  email: admin@example.com
  password: secret
teams:
- name: Payments
  projects:
    checkout: https://pub1:sec1@errors.example.com/23
    invoices: https://pub2:sec2@errors.example.com/24
- name: Web & Mobile
  projects:
    - { name: storefront, platform: node, dsn: https://pub3@errors.example.com/35 }
    - name: Café
      slug: coffee
      dsn: https://pub4:s%40c@errors.example.com/036
- name: Empty
`;

  it('is read with its places', () => {
    expect(valid(seed).fixtures).toEqual({
      admin: {
        username: 'admin',
        email: 'admin@example.com',
        password: 'secret',
        at: { line: 2, column: 1 },
      },
      teams: [
        {
          name: 'Payments',
          slug: 'payments',
          at: { line: 8, column: 3 },
          projects: [
            project('checkout', 23n, 'pub1', 'sec1', { line: 10, column: 5 }),
            project('invoices', 24n, 'pub2', 'sec2', { line: 11, column: 5 }),
          ],
        },
        {
          name: 'Web & Mobile',
          slug: 'web-mobile',
          at: { line: 12, column: 3 },
          projects: [
            { ...project('storefront', 35n, 'pub3', null, { line: 14, column: 7 }), platform: 'node' },
            { ...project('Café', 36n, 'pub4', 's@c', { line: 15, column: 7 }), slug: 'coffee' },
          ],
        },
        { name: 'Empty', slug: 'empty', at: { line: 18, column: 3 }, projects: [] },
      ],
    });
  });

  it('is warned of a short password', () => {
    expect(valid(seed).warnings.map(formatProblem)).toEqual([
      'fixtures.yml:6:3 admin: `password` has less than 10 characters; a longer one is hard to guess',
    ]);
  });

  it('may also declare repositories and apps', () => {
    const { configuration, fixtures } = valid(`${seed}repositories: { harbor: { url: /srv/harbor.git } }\n`);
    expect(configuration.repositories).toHaveLength(1);
    expect(fixtures.teams).toHaveLength(3);
  });

  const project = (
    name: string,
    publicId: bigint,
    publicKey: string,
    secretKey: string | null,
    at: { line: number; column: number },
  ) => ({ name, slug: name, platform: null, publicId, publicKey, secretKey, at });
});

describe('values', () => {
  it('are texts, however they look', () => {
    const names = ['023', 'yes', '1.10', 'null', '~', '0x1F', 'true', '2024-01-01', '.inf'];
    const teams = names.map((name) => `  - name: ${name}\n    slug: s${names.indexOf(name)}\n`).join('');
    const read = valid(`teams:\n${teams}admin: { username: 007, email: a@b.c, password: 1e3 }`).fixtures;
    expect(read.teams.map(({ name }) => name)).toEqual(names);
    expect(read.admin).toMatchObject({ username: '007', password: '1e3' });
  });

  it('may be references, and a literal `${` is written `$${`', () => {
    const file = `admin: { username: admin, email: "admin@\${HOST}", password: "\${file:/run/secrets/x}$\${x}" }\n`;
    expect(valid(file).fixtures.admin).toMatchObject({
      email: 'admin@errors.example.com',
      password: 'hunter2${x}',
    });
    const [team] = valid(mapped('https://pub:${SECRET}@${HOST}/${ID}')).fixtures.teams;
    expect(team?.projects[0]).toMatchObject({ publicId: 23n, secretKey: 'hunter2' });
  });

  it('from references are no YAML and not looked at again', () => {
    const nested: Record<string, string> = { '${A}': '${B}: [&x "', '${B}': 'no' };
    const file = 'admin: { username: admin, email: a@b.c, password: "${A}" }';
    const result = parseConfiguration(file, 'f', { urlPrefix: null, value: (name) => nested[name] });
    expect(result.ok && result.fixtures.admin?.password).toBe('${B}: [&x "');
  });
});

describe('slugs', () => {
  it.each([
    ['Payments', 'payments'],
    ['Web & Mobile', 'web-mobile'],
    ['  "Ünïcode Ægir ﬁx"', 'unicode-gir-fix'],
    ['İstanbul', 'istanbul'],
    ['a'.repeat(70), 'a'.repeat(63)],
    [`${'a'.repeat(62)} b`, 'a'.repeat(62)],
    ['-_x_-', 'x'],
  ])('%s → %s', (name, slug) => {
    expect(valid(`teams:\n  - name: ${name}`).fixtures.teams[0]?.slug).toBe(slug);
  });
});

describe('a DSN', () => {
  it.each<[string, string[]]>([
    ['', ['its DSN is missing']],
    ['""', ['its DSN is missing']],
    ['hello', ['this is no DSN; write <scheme>://<public_key>:<secret_key>@<hostname>/<project_id>']],
    [
      '://pub:sec@errors.example.com/1',
      ['this is no DSN; write <scheme>://<public_key>:<secret_key>@<hostname>/<project_id>'],
    ],
    [
      'https://errors.example.com/1',
      [
        'its DSN has no keys before the hostname; write <scheme>://<public_key>:<secret_key>@<hostname>/<project_id>',
      ],
    ],
    [
      'https://pub@errors.example.com/1',
      [
        'its DSN lacks the secret key (`:<secret_key>` after the public key); the form `- { name: …, dsn: … }` may leave it out',
      ],
    ],
    [
      'https://pub:@errors.example.com/1',
      ['its DSN lacks the secret key (`:<secret_key>` after the public key)'],
    ],
    [
      'https://:hunter@errors.example.com/1',
      ['its DSN lacks the public key; write <scheme>://<public_key>:<secret_key>@<hostname>/<project_id>'],
    ],
    [
      'https://pub:hunter@/1',
      ['its hostname is missing; write <scheme>://<public_key>:<secret_key>@<hostname>/<project_id>'],
    ],
    [
      'https://pub:hunter@errors.example.com',
      [
        'its DSN lacks the project_id after the hostname; write <scheme>://<public_key>:<secret_key>@<hostname>/<project_id>',
      ],
    ],
    [
      'https://pub:hunter@errors.example.com/',
      [
        'its DSN lacks the project_id after the hostname; write <scheme>://<public_key>:<secret_key>@<hostname>/<project_id>',
      ],
    ],
    [
      'http://pub:hunter@errors.example.com/1',
      ['its scheme is http, but that of url_prefix is https (https://errors.example.com)'],
    ],
    ['htps://pub:hunter@errors.example.com/1', ['its scheme must be http or https, not `htps`']],
    [
      'https://pub:hunter@errors.example.org/1',
      [
        'its hostname is `errors.example.org`, but that of url_prefix is `errors.example.com` (https://errors.example.com)',
      ],
    ],
    [
      'https://pub:hunter@[::1]/1',
      [
        'its hostname is `[::1]`, but that of url_prefix is `errors.example.com` (https://errors.example.com)',
      ],
    ],
    [
      'https://pub:hunter@[::x]/1',
      ['its hostname is not valid; write <scheme>://<public_key>:<secret_key>@<hostname>/<project_id>'],
    ],
    [
      'https://pub:hunter@errors.example.com:0/1',
      [
        'its port is no number from 1 to 65535; write <scheme>://<public_key>:<secret_key>@<hostname>/<project_id>',
      ],
    ],
    [
      'https://pub:hunter@errors.example.com:/1',
      [
        'its port is no number from 1 to 65535; write <scheme>://<public_key>:<secret_key>@<hostname>/<project_id>',
      ],
    ],
    ['https://pub:hunter@errors.example.com/x/1', ['its path must be `/<project_id>`, not `/x/1`']],
    ['https://pub:hunter@errors.example.com/1/', ['its path must be `/<project_id>`, not `/1/`']],
    ['https://pub:hunter@errors.example.com//1', ['its path must be `/<project_id>`, not `//1`']],
    [
      'https://pub:hunter@errors.example.com/1?a=b',
      ['its DSN has a query or a fragment (`?…`, `#…`); remove it'],
    ],
    [
      'https://pub:hunter@errors.example.com/1#a',
      ['its DSN has a query or a fragment (`?…`, `#…`); remove it'],
    ],
    ['https://pub:hunter@errors.example.com/abc', ['project_id `abc` is not a number']],
    ['https://pub:hunter@errors.example.com/0', ['project_id `0` is zero; ids start at 1']],
    ['https://pub:hunter@errors.example.com/000', ['project_id `000` is zero; ids start at 1']],
    ['https://pub:hunter@errors.example.com/-5', ['project_id `-5` is negative; ids start at 1']],
    ['https://pub:hunter@errors.example.com/1.5', ['project_id `1.5` is a fraction; ids are whole numbers']],
    ['https://pub:hunter@errors.example.com/1e3', ['project_id `1e3` is not a number']],
    [
      'https://pub:hunter@errors.example.com/9223372036854775808',
      ['project_id `9223372036854775808` is too large; the largest is 9223372036854775807'],
    ],
    [
      'https://pub:hunter@errors.example.com/99999999999999999999999',
      ['project_id `99999999999999999999999` is too large; the largest is 9223372036854775807'],
    ],
    [
      'https://pu-b:hunter@errors.example.com/1',
      ['its public key must be 1 to 64 letters, digits or `_`; with others the SDKs silently send nothing'],
    ],
    [
      `https://${'p'.repeat(65)}:hunter@errors.example.com/1`,
      ['its public key must be 1 to 64 letters, digits or `_`; with others the SDKs silently send nothing'],
    ],
    [
      'https://pub:hun/ter2@errors.example.com/1',
      ['a key of its DSN contains `/`, `?`, `#` or `@`; write %2F, %3F, %23 or %40 instead'],
    ],
    [
      'https://pub:hunter@2@errors.example.com/1',
      ['a key of its DSN contains `/`, `?`, `#` or `@`; write %2F, %3F, %23 or %40 instead'],
    ],
    [
      'https://pub:hunter%zz@errors.example.com/1',
      ['its secret key has a `%` that encodes nothing; write %25'],
    ],
    ['https://pub:%ff@errors.example.com/1', ['its secret key encodes bytes that are not UTF-8']],
    ['https://pub:%00@errors.example.com/1', ['its secret key has characters in it that cannot be printed']],
    ['https://pub:%20@errors.example.com/1', ['its secret key has characters in it that cannot be printed']],
    [`https://pub:${'s'.repeat(201)}@errors.example.com/1`, ['its secret key has more than 200 characters']],
    ['"https://pub: hunter@errors.example.com/1"', ['its DSN has white space or control characters in it']],
    ['"https://pub:hunter@errors.example.com/1\\n"', ['its DSN has white space or control characters in it']],
    ['[https]', ['its DSN must be a text, not a list']],
    ['{ dsn: https }', ['must be a DSN; to say more of a project use the form `- { name: …, dsn: … }`']],
    [
      'https://pub:${MISSING}@errors.example.com/1',
      ['its DSN refers to the environment variable `MISSING`, which is not set'],
    ],
    [
      'https://pub:${file:/none}@errors.example.com/1',
      ['its DSN refers to the file `/none`, which cannot be read'],
    ],
    [
      'https://pub:${secret:x}@errors.example.com/1',
      [
        'its DSN has a `${` that is no reference: `${NAME}` is an environment variable, `${file:/abs/path}` a file; write `$${` for `${` itself',
      ],
    ],
    [
      'https://pub:sec@${ELSEWHERE}/1',
      [
        'its hostname is `${ELSEWHERE}`, but that of url_prefix is `errors.example.com` (https://errors.example.com)',
      ],
    ],
    ['https://pub:sec@errors.example.com/${SECRET}', ['project_id `${SECRET}` is not a number']],
    ['${SECRET}://pub:sec@errors.example.com/1', ['its scheme must be http or https']],
    [
      'https://pub:sec@errors.example.com/${SECRET}/1',
      ['its path must be `/<project_id>`, not `/${SECRET}/1`'],
    ],
    [
      'ftp://-:@errors.example.org/x?y',
      [
        'its DSN has a query or a fragment (`?…`, `#…`); remove it',
        'its DSN lacks the secret key (`:<secret_key>` after the public key)',
        'its hostname is `errors.example.org`, but that of url_prefix is `errors.example.com` (https://errors.example.com)',
        'its public key must be 1 to 64 letters, digits or `_`; with others the SDKs silently send nothing',
        'its scheme must be http or https, not `ftp`',
        'project_id `x` is not a number',
      ],
    ],
  ])('%s', (dsn, expected) => {
    expect(dsnProblems(dsn).sort()).toEqual(expected);
  });

  it.each<[string, string]>([
    ['https://errors.example.com', 'https://pub:sec@ERRORS.Example.com/1'],
    ['https://errors.example.com', 'HTTPS://pub:sec@errors.example.com:8443/1'],
    ['https://errors.example.com:8443', 'https://pub:sec@errors.example.com/1'],
    ['https://errors.example.com:8443', 'https://pub:sec@errors.example.com:8443/1'],
    ['http://[::1]:9000', 'http://pub:sec@[0:0::1]:9000/1'],
    ['https://bücher.example', 'https://pub:sec@xn--bcher-kva.example/1'],
    ['https://errors.example.com/sentry/', 'https://pub:sec@errors.example.com/sentry/1'],
    ['https://errors.example.com', 'https://pub:a:b@errors.example.com/9223372036854775807'],
  ])('of url_prefix %s may be %s', (urlPrefix, dsn) => {
    expect(valid(mapped(`"${dsn}"`), urlPrefix).fixtures.teams[0]?.projects).toHaveLength(1);
  });

  it.each<[string, string, string]>([
    [
      'https://errors.example.com:8443',
      'https://pub:sec@errors.example.com:443/1',
      'the port of `errors.example.com:443` is not that of url_prefix, 8443 (https://errors.example.com:8443)',
    ],
    [
      'https://errors.example.com/sentry',
      'https://pub:sec@errors.example.com/1',
      'its path must be `/sentry/<project_id>`, not `/1`',
    ],
    [
      'https://errors.example.com/sentry',
      'https://pub:sec@errors.example.com/sentry',
      'its DSN lacks the project_id after the hostname; write <scheme>://<public_key>:<secret_key>@<hostname>/<project_id>',
    ],
  ])('of url_prefix %s may not be %s', (urlPrefix, dsn, expected) => {
    expect(dsnProblems(dsn, urlPrefix)).toEqual([expected]);
  });

  it('cannot be judged without url_prefix: said once, beside all else', () => {
    const file = `${mapped('https://pub:sec@errors.example.com/1')}      cart: https://pub2:sec@x/0\n`;
    expect(problemsOf(file, null)).toEqual([
      'fixtures.yml:4:13 team "Web", project "shop": url_prefix is not set, and DSNs must lead there; set SLIPWAY_URL_PREFIX where Slipway runs; `slipway fixtures validate` takes --url-prefix too',
      'fixtures.yml:5:13 team "Web", project "cart": project_id `0` is zero; ids start at 1',
    ]);
    expect(problemsOf('teams:\n  - name: Web\n', null)).toEqual([]);
    expect(problemsOf(mapped('https://pub:sec@errors.example.com/1'), 'errors.example.com')).toEqual([
      'fixtures.yml:1:1 url_prefix is no address such as https://errors.example.com',
    ]);
  });

  it('of a list may lack the secret, but not have an empty one', () => {
    expect(valid(listed('{ name: a, dsn: "https://p@errors.example.com/1" }')).ok).toBe(true);
    expect(problemsOf(listed('{ name: a, dsn: "https://p:@errors.example.com/1" }'))).toEqual([
      'fixtures.yml:4:25 team "Web", project "a": its DSN has no secret key after the `:`; without the `:` the stored one stays',
    ]);
  });
});

describe('what may stand once only', () => {
  const two = (first: string, second: string) => `teams:
  - name: Web
    projects:
      storefront: ${first}
  - name: Payments
    projects:
      checkout: ${second}
`;

  it('an id, however it is written', () => {
    const file = two('https://a:s@errors.example.com/23', 'https://b:s@errors.example.com/023');
    expect(problemsOf(file)).toEqual([
      'fixtures.yml:7:7 team "Payments", project "checkout": project_id 023 is already used by team "Web", project "storefront" (line 4)',
    ]);
    expect(problemsOf(file.replace('/023', '/${ID}'))).toEqual([
      'fixtures.yml:7:7 team "Payments", project "checkout": project_id ${ID} is already used by team "Web", project "storefront" (line 4)',
    ]);
  });

  it('a public key', () => {
    expect(
      problemsOf(two('https://hunter:a@errors.example.com/1', 'https://hunter:b@errors.example.com/2')),
    ).toEqual([
      'fixtures.yml:7:7 team "Payments", project "checkout": its public key is already used by team "Web", project "storefront" (line 4)',
    ]);
  });

  it('the name of a project, in two teams', () => {
    const file = two('https://a:s@errors.example.com/1', 'https://b:s@errors.example.com/2');
    expect(problemsOf(file.replace('checkout', 'storefront'))).toEqual([
      'fixtures.yml:7:7 team "Payments", project "storefront": its name is already used by team "Web", project "storefront" (line 4)',
    ]);
    expect(problemsOf(file.replace('checkout', 'Store Front').replace('storefront', 'store-front'))).toEqual([
      'fixtures.yml:7:7 team "Payments", project "Store Front": its slug `store-front` is already used by team "Web", project "store-front" (line 4)',
    ]);
  });

  it('the name of a project, in one team, and what else is wrong with the second', () => {
    const file = `${mapped('https://a:s@errors.example.com/1')}      shop: https://b:s@errors.example.com/1\n`;
    expect(problemsOf(file)).toEqual([
      'fixtures.yml:5:7 team "Web", project "shop": duplicate key `shop` (line 4)',
      'fixtures.yml:5:7 team "Web", project "shop": project_id 1 is already used by team "Web", project "shop" (line 4)',
    ]);
    const list = listed(
      '{ name: a, dsn: "https://p@errors.example.com/1" }\n      - { name: a, dsn: "https://q@errors.example.com/2" }',
    );
    expect(problemsOf(list)).toEqual([
      'fixtures.yml:5:9 team "Web", project "a": its name is already used by team "Web", project "a" (line 4)',
    ]);
  });

  it('a team, by name and by slug', () => {
    expect(
      problemsOf('teams:\n- name: Web\n- name: Web\n- name: WEB\n- { name: Other, slug: web }\n'),
    ).toEqual([
      'fixtures.yml:3:3 team "Web": its name is already used by team "Web" (line 2)',
      'fixtures.yml:4:3 team "WEB": its slug `web` is already used by team "Web" (line 2)',
      'fixtures.yml:5:3 team "Other": its slug `web` is already used by team "Web" (line 2)',
    ]);
    expect(
      problemsOf('teams:\n- name: ${TEAM}\n- name: ${TEAM}\n  slug: x\n- { name: a, slug: "${SECRET}" }\n'),
    ).toEqual([
      'fixtures.yml:3:3 team "${TEAM}": its name is already used by team "${TEAM}" (line 2)',
      'fixtures.yml:5:3 team "a": its slug is already used by team "${TEAM}" (line 2)',
    ]);
  });
});

describe('what is missing or does not belong', () => {
  it.each<[string, string[]]>([
    ['admin:', ['1:1 admin: lacks `username`', '1:1 admin: lacks `email`', '1:1 admin: lacks `password`']],
    [
      'admin: { username: , email: "", password: }',
      ['1:10 admin: `username` is empty', '1:22 admin: `email` is empty', '1:33 admin: `password` is empty'],
    ],
    [
      'admin: { username: a, mail: a@b.c, password: 0123456789 }',
      ['1:23 admin: unknown key `mail`; did you mean `email`?'],
    ],
    ['admin: [a]', ['1:8 admin: must be a mapping with `username`, `email` and `password`']],
    ['admin: hunter2', ['1:8 admin: must be a mapping with `username`, `email` and `password`']],
    [
      'admin: { username: Admin, email: a@b.c, password: 0123456789 }',
      [
        '1:20 admin: `username` must be up to 63 lower-case letters, digits, `.`, `_` and `-`, beginning with a letter or digit',
      ],
    ],
    [
      'admin: { username: a, email: admin, password: 0123456789 }',
      ['1:30 admin: `email` is no e-mail address such as admin@example.com'],
    ],
    [
      'admin: { username: a, email: "a b@c", password: 0123456789 }',
      ['1:30 admin: `email` is no e-mail address such as admin@example.com'],
    ],
    [
      'admin: { username: a, email: a@b.c, password: [hunter2] }',
      ['1:47 admin: `password` must be a text, not a list'],
    ],
    [
      'admin: { username: a, email: a@b.c, password: "hun\\0ter" }',
      [
        '1:47 admin: a value cannot contain the NUL character',
        '1:47 admin: `password` cannot contain the NUL character',
      ],
    ],
    [
      'admin: { username: a, email: a@b.c, password: *hunter2 }',
      [
        '1:47 admin: this alias has no anchor before it; quote a text that starts with `*`',
        '1:37 admin: `password` is empty',
      ],
    ],
    [
      'admin: { username: a, email: a@b.c, password: "${NOTHING}" }',
      ['1:47 admin: `password` is empty: what it refers to has no text'],
    ],
    [
      'admin: { username: a, email: a@b.c, password: 0123456789, hunter2 }',
      ['1:59 admin: unknown key; known: `username`, `email`, `password`'],
    ],
    ['teams:', ['1:1 `teams` is empty; leave it out or list a team: `- name: …`']],
    ['teams: []', []],
    ['teams: { Web: }', ['1:8 `teams` must be a list of teams: `- name: …`']],
    ['teams: [Web]', ['1:9 team number 1: must be a mapping: `name`, and `projects`']],
    ['teams:\n-', ['2:2 team number 1: must be a mapping: `name`, and `projects`']],
    ['teams:\n- name:', ['2:3 team number 1: `name` is empty']],
    ['teams:\n- slug: web', ['2:3 team number 1: lacks `name`']],
    ['teams:\n- nam: web', ['2:3 team number 1: unknown key `nam`; did you mean `name`?']],
    [
      'teams:\n- name: Web\n  project: {}',
      ['3:3 team "Web": unknown key `project`; did you mean `projects`?'],
    ],
    [
      'teams:\n- name: 支払い',
      ['2:3 team "支払い": its name has no letter a to z and no digit to make a slug of; set one: `slug: …`'],
    ],
    [
      'teams:\n- name: Web\n  slug: Web',
      [
        '3:9 team "Web": `slug` is no name: up to 63 lower-case letters, digits and hyphens, not starting with a hyphen',
      ],
    ],
    [
      'teams:\n- name: "a\\tb"',
      ['2:9 team "a\\tb": `name` must be a single line without control characters'],
    ],
    [
      'teams:\n- name: "a\\0b"',
      [
        '2:9 team "a\\u0000b": a value cannot contain the NUL character',
        '2:9 team "a\\u0000b": `name` must be a single line without control characters',
      ],
    ],
    ['teams:\n- name: " a"', ['2:9 team " a": `name` starts or ends with white space']],
    ['teams:\n- name: " "', ['2:9 team " ": `name` is empty']],
    ['teams:\n- name: "\\ud800"', ['2:9 team "\\ud800": `name` has half a character in it']],
    [
      `teams:\n- name: ${'x'.repeat(201)}`,
      [`2:9 team "${'x'.repeat(79)}…": \`name\` is too long; at most 200 characters`],
    ],
    [
      'teams:\n- name: Web\n  projects: shop',
      ['3:13 team "Web": `projects` must be a mapping (`name: DSN`) or a list (`- { name: …, dsn: … }`)'],
    ],
    [
      listed('https://pub:hunter2@errors.example.com/1'),
      ['4:9 team "Web", project number 1: must be a mapping: `- { name: …, dsn: … }`'],
    ],
    [listed('{ name: a }'), ['4:9 team "Web", project "a": lacks `dsn`']],
    [listed('{ name: a, dns: x }'), ['4:20 team "Web", project "a": unknown key `dns`; did you mean `dsn`?']],
    [
      listed('{ name: a, dsn: "https://p@errors.example.com/1", platform: "no de" }'),
      ['4:69 team "Web", project "a": `platform` must be up to 64 letters, digits, `.`, `_` and `-`'],
    ],
    [
      listed('{ dsn: a, name: "https://pub:hunter2@errors.example.com/1" }'),
      [
        '4:16 team "Web", project "https://…": this is no DSN; write <scheme>://<public_key>:<secret_key>@<hostname>/<project_id>',
        '4:25 team "Web", project "https://…": `name` is an address; are name and DSN swapped?',
      ],
    ],
    [
      'teams:\n- name: Web\n  projects: { "${TEAM}": "https://p:s@errors.example.com/1" }',
      [
        '3:15 team "Web", project "${TEAM}": its name has a reference in it, which is possible in values only; use the form `- { name: …, dsn: … }`',
      ],
    ],
    ['team: []', ['1:1 unknown key `team`; did you mean `teams`?']],
    ['adimn: {}', ['1:1 unknown key `adimn`; did you mean `admin`?']],
  ])('%s', (file, expected) => {
    const found = problemsOf(file).map((line) => line.replace(/^fixtures\.yml:/, ''));
    expect(found.sort()).toEqual(expected.sort());
  });
});
