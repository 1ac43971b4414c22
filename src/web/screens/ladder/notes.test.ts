import { expect, it } from 'vitest';
import type { EnvironmentStatus } from '../../../contract/apps.ts';
import type { Deploy, Why } from '../../../contract/deploys.ts';
import { notesOf } from './notes.ts';

const deploy = (changes: Partial<Deploy>): Deploy => ({
  name: 'harbor/production#1',
  app: 'harbor',
  environment: 'production',
  number: 1,
  kind: 'deploy',
  state: 'succeeded',
  ref: 'main',
  sha: 'a',
  short_sha: 'a',
  title: 'A',
  author: 'Ada',
  previous_sha: null,
  requested_by: { kind: 'user', name: 'ada' },
  requested_at: '2026-11-01T00:00:00Z',
  started_at: null,
  finished_at: null,
  duration_seconds: null,
  estimate_seconds: null,
  force_reason: null,
  held: null,
  cancel_requested: null,
  result: null,
  live: false,
  url: '',
  ...changes,
});

const environment = (changes: Partial<EnvironmentStatus>): EnvironmentStatus => ({
  name: 'production',
  ref: 'main',
  url: null,
  live: deploy({ live: true }),
  in_doubt: false,
  active: null,
  queued: [],
  last: null,
  locks: [],
  estimate_seconds: null,
  ...changes,
});

const notesAt = (sha: string, changes: Partial<EnvironmentStatus>, whys: Why[] = []) =>
  notesOf({ environments: [environment(changes)] }, whys).get(sha);

const lock = {
  id: 1,
  scope: 'harbor/production',
  app: 'harbor',
  environment: 'production',
  reason: 'migration',
  created_by: 'ada',
  created_at: '2026-11-01T00:00:00Z',
  expires_at: null,
};

it('prints a lock on the pin that it keeps where it is', () => {
  expect(notesAt('a', { locks: [lock] })).toEqual([{ kind: 'lock', environment: 'production', lock }]);
  expect(notesAt('a', {})).toBeUndefined();
});

it('prints why a queued deploy waits on its commit: the first thing that must be cleared', () => {
  const queued = deploy({ name: 'harbor/production#2', state: 'queued', sha: 'b' });
  const reason = {
    code: 'check_missing',
    message: 'two of its checks are missing',
    cleared_by: 'ada',
    action: null,
    skippable: false,
  } as const;
  const why = {
    deploy: queued.name,
    state: 'queued',
    waiting: true,
    reasons: [reason],
    notes: [],
    estimate_seconds: null,
  } as const;
  expect(notesAt('b', { queued: [queued] }, [{ ...why, reasons: [...why.reasons], notes: [] }])).toEqual([
    { kind: 'waiting', deploy: queued, reason: 'two of its checks are missing' },
  ]);
  const locked = { ...why, reasons: [{ ...reason, code: 'locked' as const }], notes: [] };
  expect(notesAt('b', { queued: [queued], locks: [lock] }, [locked])).toMatchObject([
    { kind: 'waiting', reason: 'for the lock of ada' },
  ]);
  expect(notesAt('b', { queued: [queued] })).toMatchObject([{ reason: 'it is about to start' }]);
});

it('says that a deploy is held, and by what', () => {
  const held = deploy({
    state: 'queued',
    sha: 'b',
    held: { since: '2026-11-01T00:00:00Z', reason: 'the lock expired' },
  });
  expect(notesAt('b', { queued: [held] })).toMatchObject([{ kind: 'held', reason: 'the lock expired' }]);
});

it('says where the last attempt failed, for as long as it leaves what runs in doubt', () => {
  const last = deploy({ state: 'failed', sha: 'b', result: 'step Release failed' });
  expect(notesAt('b', { in_doubt: true, last })).toMatchObject([
    { kind: 'failed', reason: 'step Release failed' },
  ]);
  expect(notesAt('b', { in_doubt: false, last })).toBeUndefined();
});
