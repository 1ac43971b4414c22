import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { everyKey } from './fileSchema.ts';
import { adminKeys, projectKeys, teamKeys } from './fixtureKeys.ts';
import { formatProblem, parseConfiguration, referencesIn, resolveEnvironment } from './index.ts';

const read = (name: string) => readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8');
const fixtureSections = ['admin', 'teams'];

describe('slipway.example.yml', () => {
  const example = read('slipway.example.yml');

  it('has no problems, and every environment of it can be resolved', () => {
    const result = parseConfiguration(example, 'slipway.example.yml');
    expect(result.ok ? [] : result.problems).toEqual([]);
    const apps = result.ok ? result.configuration.apps : [];
    const resolved = apps.flatMap((app) => app.environments.map(({ name }) => resolveEnvironment(app, name)));
    expect(resolved.map(({ app, environment }) => `${app}/${environment}`)).toEqual([
      'harbor-web/staging',
      'harbor-web/production',
      'charts/production',
    ]);
  });

  it('shows every key that there is', () => {
    const keys = everyKey().filter((key) => !fixtureSections.includes(key));
    expect(keys.length).toBeGreaterThan(25);
    expectLines(example, keys);
  });
});

describe('fixtures.example.yml', () => {
  const example = read('fixtures.example.yml');
  const values: Record<string, string> = {
    '${file:/run/secrets/admin-password}': 'correct horse battery',
    '${INVOICES_PUBLIC}': 'c0ffee',
    '${INVOICES_SECRET}': 'dec0de',
  };

  it('has no problems, and is read as it says', () => {
    const context = {
      urlPrefix: 'https://errors.example.com',
      value: (reference: string) => values[reference],
    };
    const result = parseConfiguration(example, 'fixtures.example.yml', context);
    if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
    expect(result.warnings).toEqual([]);
    expect(result.fixtures.admin).toMatchObject({ username: 'admin', password: 'correct horse battery' });
    expect(result.fixtures.teams).toMatchObject([
      {
        slug: 'payments',
        projects: [
          { name: 'checkout', publicId: 23n, publicKey: '5f0c8e1b7d2a4c93', secretKey: '91d3b60a2e4f8c75' },
          { name: 'invoices', publicId: 24n, publicKey: 'c0ffee', secretKey: 'dec0de' },
        ],
      },
      { name: 'Web & Mobile', slug: 'web', projects: [{ slug: 'shop', platform: 'node', secretKey: null }] },
      { name: 'Operations', projects: [] },
    ]);
  });

  it('refers to what it says, comments left out', () => {
    expect(referencesIn(example)).toEqual(Object.keys(values));
  });

  it('shows every key that there is', () => {
    expectLines(example, [...fixtureSections, ...adminKeys, ...teamKeys, ...projectKeys]);
  });
});

function expectLines(example: string, keys: readonly string[]): void {
  for (const key of keys)
    expect(example, `no line sets \`${key}\``).toMatch(new RegExp(`^[\\s-]*${key}:`, 'm'));
}
