import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot, readSettings } from './settings.ts';

describe('settings', () => {
  it('have a default for everything', () => {
    expect(readSettings({})).toEqual({
      dataDir: join(packageRoot, '.slipway'),
      host: '127.0.0.1',
      port: 7070,
      urlPrefix: 'http://127.0.0.1:7070',
      declaredUrlPrefix: null,
      secretKey: undefined,
      databaseUrl: undefined,
      configFile: undefined,
      fixturesFile: undefined,
      watch: false,
      pushLimitBytes: 1024 ** 3,
      artifactDays: 30,
      jobLogDays: 90,
      runDays: 90,
      jobIsolation: 'auto',
      jobLimits: {},
      logLevel: 'info',
    });
  });

  it('come from the environment', () => {
    expect(
      readSettings({
        SLIPWAY_DATA_DIR: '/var/lib/slipway/',
        SLIPWAY_HOST: '0.0.0.0',
        SLIPWAY_PORT: '80',
        SLIPWAY_URL_PREFIX: 'https://ship.example.com/slipway/',
        SLIPWAY_SECRET_KEY: 'k',
        DATABASE_URL: 'postgres://db/slipway',
        SLIPWAY_CONFIG: 'slipway.yml',
        SLIPWAY_FIXTURES: 'fixtures.yml',
        SLIPWAY_WATCH: 'true',
        SLIPWAY_PUSH_LIMIT: '5MB',
        SLIPWAY_ARTIFACT_DAYS: '7',
        SLIPWAY_JOB_LOG_DAYS: '14',
        SLIPWAY_RUN_DAYS: '400',
        SLIPWAY_JOB_ISOLATION: 'process-group',
        SLIPWAY_JOB_PROCESSES: '500',
        SLIPWAY_JOB_MEMORY: '2GiB',
        SLIPWAY_JOB_DISK: '5GB',
        SLIPWAY_JOB_LOG: '100MB',
        SLIPWAY_LOG_LEVEL: 'debug',
      }),
    ).toEqual({
      dataDir: '/var/lib/slipway',
      host: '0.0.0.0',
      port: 80,
      urlPrefix: 'https://ship.example.com/slipway',
      declaredUrlPrefix: 'https://ship.example.com/slipway',
      secretKey: 'k',
      databaseUrl: 'postgres://db/slipway',
      configFile: 'slipway.yml',
      fixturesFile: 'fixtures.yml',
      watch: true,
      pushLimitBytes: 5_000_000,
      artifactDays: 7,
      jobLogDays: 14,
      runDays: 400,
      jobIsolation: 'process-group',
      jobLimits: { processes: 500, memoryBytes: 2 ** 31, diskBytes: 5e9, logBytes: 1e8 },
      logLevel: 'debug',
    });
  });

  it('that are set to nothing are as good as not set', () => {
    const names = [
      'DATA_DIR',
      'HOST',
      'PORT',
      'URL_PREFIX',
      'SECRET_KEY',
      'CONFIG',
      'LOG_LEVEL',
      'PUSH_LIMIT',
    ];
    const empty = Object.fromEntries([...names.map((name) => [`SLIPWAY_${name}`, '']), ['DATABASE_URL', '']]);
    expect(readSettings(empty)).toEqual(readSettings({}));
  });

  it('make an address of host and port, IPv6 in brackets', () => {
    expect(readSettings({ SLIPWAY_HOST: '::1', SLIPWAY_PORT: '9' }).urlPrefix).toBe('http://[::1]:9');
  });

  it('take a relative data directory as it is meant', () => {
    expect(readSettings({ SLIPWAY_DATA_DIR: 'data' }).dataDir).toBe(join(process.cwd(), 'data'));
  });

  it.each([
    ['SLIPWAY_PORT', ['http', '-1', '65536', '80.5', '0x50', ' ', '1e3']],
    [
      'SLIPWAY_URL_PREFIX',
      [
        'slipway.example.com',
        'ftp://x.example.com',
        'https://x.example.com/?a=1',
        'https://x.example.com/#a',
        'https://ada@x.example.com',
        'https://:secret@x.example.com',
        'javascript:alert(1)',
      ],
    ],
    ['SLIPWAY_LOG_LEVEL', ['loud', 'INFO']],
    ['SLIPWAY_ARTIFACT_DAYS', ['0', '-1', 'a week']],
    ['SLIPWAY_PUSH_LIMIT', ['much', '-1', '1']],
    ['SLIPWAY_JOB_PROCESSES', ['many', '0', '1.5', '4194305']],
    ['SLIPWAY_JOB_ISOLATION', ['none', 'AUTO']],
    ['SLIPWAY_JOB_MEMORY', ['much', '1']],
  ])('%s refuses what it cannot be, and says what it takes', (name, values) => {
    for (const value of values) {
      expect(() => readSettings({ [name]: value }), value).toThrow(`${name} is "${value}"; it takes`);
    }
  });

  it('allow any free port', () => {
    expect(readSettings({ SLIPWAY_PORT: '0' }).port).toBe(0);
  });
});
