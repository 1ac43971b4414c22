import { describe, expect, test } from 'vitest';
import { initCode, sdkFor, sdks } from './sdks.ts';

const dsn = 'https://36f9506e9800d8f75d7ce0d856558034@errors.example.com/35';

describe('the code that gives an SDK its DSN', () => {
  test.each(sdks.map((sdk) => [sdk.name, sdk] as const))('%s: holds the DSN once', (_name, sdk) => {
    expect(initCode(sdk, dsn).split(dsn)).toHaveLength(2);
  });

  test('has no way out of the quotes that the DSN stands in', () => {
    for (const sdk of sdks) {
      const code = initCode(sdk, `https://key@host/it's"a\\$\{path}/35`);
      expect(code).toContain('https://key@host/it%27s%22a%5C%24{path}/35');
    }
  });

  test('each SDK is there once', () => {
    expect(new Set(sdks.map((sdk) => sdk.id)).size).toBe(sdks.length);
  });
});

describe('the SDK that is shown first', () => {
  test.each([
    ['node', 'node'],
    ['node-express', 'node'],
    ['javascript-react', 'browser'],
    ['Python.Django', 'python'],
    ['dotnet-aspnetcore', 'dotnet'],
    ['cobol', 'browser'],
    [null, 'browser'],
  ])('of a project in %s is that for %s', (platform, id) => {
    expect(sdkFor(platform).id).toBe(id);
  });
});
