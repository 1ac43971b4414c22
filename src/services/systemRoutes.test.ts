import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../../test/harness/api.ts';
import { refusal } from '../../test/harness/ship.ts';
import { api } from '../contract/index.ts';
import { packageVersion } from '../platform/version.ts';

let test: TestApi;
beforeAll(async () => {
  test = await createTestApi({ environment: { SLIPWAY_URL_PREFIX: 'https://slipway.example.com' } });
});
afterAll(() => test.close());

it('tells everyone who looks which version it is, and at which address people use it', async () => {
  const viewer = await test.as('viewer');
  expect(await viewer.call(api.showInfo, {})).toEqual({
    url_prefix: 'https://slipway.example.com',
    version: packageVersion(),
  });
});

it('tells admins where the data lies, and how much room is left for it', async () => {
  const admin = await test.as('admin');
  const installation = await admin.call(api.showInstallation, {});
  expect(installation.data_directory).toBe(test.core.paths.root);
  expect(installation.database.version).toMatch(/^\d+\.\d+/);
  expect(installation.database.size_bytes).toBeGreaterThan(1_000_000);
  expect(installation.disk.free_bytes).toBeGreaterThan(0);
  expect(installation.disk.total_bytes).toBeGreaterThanOrEqual(installation.disk.free_bytes);
});

it('tells it nobody else', async () => {
  const member = await test.as('member');
  expect(await refusal(member.call(api.showInstallation, {}))).toBe('forbidden');
});
