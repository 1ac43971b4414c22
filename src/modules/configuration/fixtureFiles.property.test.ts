import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { formatProblem, parseConfiguration, slugOf } from './index.ts';

const urlPrefix = 'https://errors.example.com/base';
const context = { urlPrefix, value: () => undefined };

interface Project {
  readonly name: string;
  readonly publicId: bigint;
  readonly publicKey: string;
  readonly secretKey: string;
}

const word = (alphabet: string, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: 1, maxLength });

const publicKey = word('abcDEF0189_', 64);
const secretKey = word('abcXYZ019-._~!$&\'()*+,;=:@/?#%{}[]"\\ü✓', 60);
const publicId = fc.bigInt({ min: 1n, max: 2n ** 63n - 1n });
/** Names that YAML would read as something else, that need quotes, and that make the same slug as others. */
const name = fc
  .oneof(
    fc.constantFrom(
      '023',
      'yes',
      'null',
      '~',
      '1.10',
      '- a',
      'a: b',
      '#a',
      '&a',
      '*a',
      "it's",
      'toString',
      '10',
      '2',
    ),
    word('abcXYZ019 .:-#&*!|>%@`"\'{}[],é世🚢', 40),
  )
  .map((text) => text.trim())
  .filter((text) => slugOf(text) !== '' && !/:\/\//.test(text));

const project: fc.Arbitrary<Project> = fc.record({ name, publicId, publicKey, secretKey });

/** Teams without anything twice. */
const teams = fc
  .array(fc.record({ name, projects: fc.array(project, { maxLength: 5 }) }), { minLength: 1, maxLength: 4 })
  .filter((drafts) => {
    const projects = drafts.flatMap((team) => team.projects);
    return [
      drafts.map((team) => slugOf(team.name)),
      projects.map((each) => slugOf(each.name)),
      projects.map((each) => each.publicId),
      projects.map((each) => each.publicKey),
    ].every((values: unknown[]) => new Set(values).size === values.length);
  });

const dsnOf = (each: Project): string =>
  `https://${each.publicKey}:${encodeURIComponent(each.secretKey)}@errors.example.com/base/${each.publicId}`;

type Teams = Parameters<Parameters<typeof teams.map>[0]>[0];

/** As a person or a program could have written it. */
const writeFile = (model: Teams, form: 'mapping' | 'list', flow: boolean): string =>
  stringify(
    {
      teams: model.map((team) => ({
        name: team.name,
        projects:
          form === 'list'
            ? team.projects.map((each) => ({ name: each.name, dsn: dsnOf(each), platform: 'node' }))
            : new Map(team.projects.map((each) => [each.name, dsnOf(each)])),
      })),
    },
    { collectionStyle: flow ? 'flow' : 'block', lineWidth: 0 },
  );

it('any valid model, written in either form, is read as it is', () => {
  fc.assert(
    fc.property(teams, fc.constantFrom('mapping', 'list'), fc.boolean(), (model, form, flow) => {
      const text = writeFile(model, form, flow);
      const result = parseConfiguration(text, 'f.yml', context);
      expect(result.ok ? [] : result.problems.map(formatProblem), text).toEqual([]);
      const read = result.ok ? result.fixtures.teams : [];
      expect(read.map((team) => ({ name: team.name, projects: team.projects.map(withoutPlace) }))).toEqual(
        model.map((team) => ({
          name: team.name,
          projects: team.projects.map((each) => ({
            ...each,
            slug: slugOf(each.name),
            platform: form === 'list' ? 'node' : null,
          })),
        })),
      );
    }),
    { numRuns: 200 },
  );
});

const withoutPlace = ({ at: _, ...rest }: { readonly at: unknown }) => rest;

const secret = 'c0ffee5ec2e7c0ffee5ec2e7c0ffee';
const password = 'correct-horse-battery-staple';
const file = `admin: { username: admin, email: admin@example.com, password: ${password} }
teams:
  - name: Payments
    projects:
      checkout: https://pub1:${secret}@errors.example.com/base/23
      invoices: https://pub2:${secret}@errors.example.com/base/24
  - name: Web
    slug: web
    projects:
      - { name: storefront, platform: node, dsn: https://pub3:${secret}@errors.example.com/base/35 }
      - name: blog
        dsn: "https://pub4:${secret}@errors.example.com/base/36"
`;

/** Whole lines and short pieces, so that the secret stays whole: half of one is found by no comparison. */
const edit = fc.record({
  at: fc.nat({ max: file.length }),
  remove: fc.nat({ max: 12 }),
  insert: fc.oneof(
    fc.constantFrom(
      '\t',
      ':',
      ': ',
      '- ',
      '{',
      ']',
      '"',
      '*',
      '&a ',
      '\n',
      '\n  ',
      '  ',
      '|',
      '!',
      '#',
      '${',
      '%',
      '?',
      '/',
      '\0',
      '\uFEFF',
      '0',
    ),
    fc.string({ maxLength: 5 }),
  ),
});

it('a damaged file has problems or none, never throws and never shows a secret', () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
      let text = file;
      for (const { at, remove, insert } of edits) text = text.slice(0, at) + insert + text.slice(at + remove);
      const result = parseConfiguration(text, 'f.yml', context);
      const problems = result.ok ? result.warnings : result.problems;
      const lines = text.split('\n').length;
      for (const problem of problems) {
        expect(problem.line).toBeGreaterThan(0);
        expect(problem.line).toBeLessThanOrEqual(lines);
        expect(problem.message).not.toMatch(/undefined|\[object|Invalid input/);
      }
      const said = JSON.stringify(problems);
      for (const hidden of [secret, password]) expect(said, text).not.toContain(hidden);
    }),
    { numRuns: 1500 },
  );
});

it('any bytes at all are answered', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const result = parseConfiguration(bytes, 'f.yml', context);
      expect(result.ok || result.problems.length).toBeTruthy();
    }),
  );
});
