import assert from 'node:assert/strict';
import { test } from 'node:test';
import { health } from '../server/health.js';

test('the health page says which commit runs', () => {
  const startedAt = new Date('2026-01-10T12:00:00Z');
  const { body } = health({ sha: 'abc123', environment: 'staging', startedAt }, startedAt);
  assert.equal(body.sha, 'abc123');
  assert.equal(body.environment, 'staging');
});
