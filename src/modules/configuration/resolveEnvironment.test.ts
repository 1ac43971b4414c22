import { describe, expect, it } from 'vitest';
import { EnvironmentConfig } from '../../contract/configuration.ts';
import { AppError } from '../../platform/errors.ts';
import { parseConfiguration, resolveEnvironment } from './index.ts';

const file = `
repositories: { harbor: { url: /srv/harbor.git } }
apps:
  web:
    repository: harbor
    team: web
    paths: [web/**]
    env: { A: app, B: app, C: app }
    secrets: { S: "\${secret:app}", T: "\${secret:app}", U: "\${secret:app}" }
    timeout: 20m
    steps:
      - { name: Build, run: make, directory: web, timeout: 5m, env: { X: y } }
      - { name: Migrate, argv: [./migrate], only: [production] }
    environments:
      staging:
        env: { A: staging, T: plain }
        secrets: { S: "\${secret:staging}", B: "\${secret:staging}" }
      production: { timeout: 1h, silence_timeout: 60, ref: main, required_checks: [test] }
      own:
        steps: [{ name: Own, run: "true" }]
`;

function app() {
  const result = parseConfiguration(file, 'slipway.yml');
  const [found] = result.ok ? result.configuration.apps : [];
  if (!found) throw new Error(JSON.stringify(result));
  return found;
}

describe('resolveEnvironment', () => {
  it('lays the environment over the app, whichever of env and secrets a name stands in', () => {
    const staging = resolveEnvironment(app(), 'staging');
    expect(staging.env).toEqual({ A: 'staging', C: 'app', T: 'plain' });
    expect(staging.secrets).toEqual({
      S: { kind: 'secret', name: 'staging' },
      B: { kind: 'secret', name: 'staging' },
      U: { kind: 'secret', name: 'app' },
    });
  });

  it('has the steps of the environment only, without `only`', () => {
    const names = (environment: string) =>
      resolveEnvironment(app(), environment).steps.map(({ name }) => name);
    expect(names('staging')).toEqual(['Build']);
    expect(names('production')).toEqual(['Build', 'Migrate']);
    expect(names('own')).toEqual(['Own']);
    expect(resolveEnvironment(app(), 'staging').steps).toEqual([
      {
        name: 'Build',
        command: { kind: 'script', script: 'make' },
        directory: 'web',
        timeout_seconds: 300,
        env: { X: 'y' },
      },
    ]);
  });

  it('takes limits from the environment, else from the app, else the defaults', () => {
    expect(resolveEnvironment(app(), 'staging')).toMatchObject({
      timeout_seconds: 1200,
      silence_timeout_seconds: 600,
    });
    expect(resolveEnvironment(app(), 'production')).toMatchObject({
      timeout_seconds: 3600,
      silence_timeout_seconds: 60,
    });
  });

  it('is what the contract promises, and a frozen copy', () => {
    const declared = app();
    const resolved = resolveEnvironment(declared, 'production');
    expect(EnvironmentConfig.strict().parse(resolved)).toEqual(resolved);
    expect(() => resolved.required_checks.push('x')).toThrow(TypeError);
    expect(() => resolved.steps[0]?.env && Object.assign(resolved.steps[0].env, { X: 'z' })).toThrow(
      TypeError,
    );
    declared.paths.push('changed/**');
    expect(resolved.paths).toEqual(['web/**']);
  });

  it('says what there is when the environment is unknown', () => {
    expect(() => resolveEnvironment(app(), 'prodction')).toThrow(
      'app web has no environment `prodction`; did you mean `production`?',
    );
    expect(() => resolveEnvironment(app(), 'toString')).toThrow(AppError);
  });
});
