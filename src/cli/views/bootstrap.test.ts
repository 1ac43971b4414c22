import { expect, test } from 'vitest';
import type { BootstrapProgress } from '../../platform/bootstrap/index.ts';
import { describeProgress } from './bootstrap.ts';

const loading: BootstrapProgress = {
  phase: 'loading',
  statements: 1234,
  bytes: 12_000_000,
  totalBytes: 48_000_000,
  rows: 50_000,
};

test('it says how much is done, how fast, and how long it will take', () => {
  expect(describeProgress(loading, 4000)).toBe(
    '1,234 statements · 50,000 rows · 12 MB of 48 MB · 3.0 MB/s · about 12 s left',
  );
});

test('of a pipe nobody knows the end, and at the beginning nobody knows the rate', () => {
  expect(describeProgress({ ...loading, totalBytes: null, rows: 0 }, 4000)).toBe(
    '1,234 statements · 12 MB · 3.0 MB/s',
  );
  expect(describeProgress({ ...loading, bytes: 0 }, 4)).toBe(
    '1,234 statements · 50,000 rows · 0 bytes of 48 MB',
  );
});

test('who waits is told for what', () => {
  expect(describeProgress({ ...loading, phase: 'waiting' }, 0)).toBe(
    'another bootstrap of this database is running; waiting',
  );
});
