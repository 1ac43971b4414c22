import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { everyKey } from './fileSchema.ts';
import { parseConfiguration, resolveEnvironment } from './index.ts';

const example = readFileSync(new URL('../../../slipway.example.yml', import.meta.url), 'utf8');

describe('slipway.example.yml', () => {
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
    const keys = everyKey();
    expect(keys.length).toBeGreaterThan(25);
    for (const key of keys)
      expect(example, `no line sets \`${key}\``).toMatch(new RegExp(`^[\\s-]*${key}:`, 'm'));
  });
});
