import { describe, expect, it } from 'vitest';
import { api } from '../../contract/index.ts';
import { isAffected } from './affected.ts';
import { keyOf } from './queryKey.ts';

const deploy = (environment: string, number: number) => ({ app: 'harbor', environment, number });
const started = { kind: 'deploy.running', subject: 'harbor/staging#12' };

describe('a deploy that moved', () => {
  it.each([
    ['the overview', keyOf(api.listApps, {}), true],
    ['its app', keyOf(api.showApp, { params: { app: 'harbor' } }), true],
    ['another app', keyOf(api.showApp, { params: { app: 'ferry' } }), false],
    ['itself', keyOf(api.showDeploy, { params: deploy('staging', 12) }), true],
    ['a deploy before it', keyOf(api.showDeploy, { params: deploy('staging', 11) }), false],
    ['why another waits there', keyOf(api.why, { params: deploy('staging', 13) }), true],
    ['why one waits elsewhere', keyOf(api.why, { params: deploy('production', 13) }), false],
    ['history', keyOf(api.listDeploys, {}), true],
    ['history of its app', keyOf(api.listDeploys, { query: { app: 'harbor' } }), true],
    ['history of another app', keyOf(api.listDeploys, { query: { app: 'ferry' } }), false],
    ['pages of history', [...keyOf(api.listDeploys, {}), 'pages'], true],
    ['the audit log', keyOf(api.listAudit, {}), false],
    ['the session', keyOf(api.session, {}), false],
  ])('changes %s: %#', (_what, key, expected) => {
    expect(isAffected(started, key)).toBe(expected);
  });
});

describe('a job that moved', () => {
  const data = { run: 7, job: 31, repository: 'harbor', sha: 'abc' };
  const event = (kind: string) => ({ kind, subject: 'harbor/test#3', data });
  const runs = keyOf(api.listRuns, {});
  const run = (id: number) => keyOf(api.showRun, { params: { run: id }, query: {} });
  const job = (id: number) => keyOf(api.showJob, { params: { job: id } });
  it.each([
    ['the list', 'job.started', runs, true],
    ['the list by steps', 'job.step', runs, false],
    [
      'runs of its repository',
      'job.completed',
      keyOf(api.listRuns, { query: { repository: 'harbor' } }),
      true,
    ],
    ['runs of another', 'job.completed', keyOf(api.listRuns, { query: { repository: 'ferry' } }), false],
    ['its run', 'job.step', run(7), true],
    ['another run', 'job.step', run(8), false],
    ['itself', 'job.step', job(31), true],
    ['another job', 'job.step', job(32), false],
    ['another job when the run is cancelled', 'job.cancelling', job(32), false],
    ['runners', 'job.started', keyOf(api.listRunners, {}), true],
    ['apps', 'job.completed', keyOf(api.listApps, {}), false],
  ])('changes %s: %#', (_what, kind, key, expected) => {
    expect(isAffected(event(kind), key)).toBe(expected);
  });

  it('every job of a run is asked again when that ends', () => {
    const { job: _, ...ofRun } = data;
    const ended = { kind: 'run.completed', subject: 'harbor/test#3', data: ofRun };
    expect(isAffected(ended, job(32))).toBe(true);
  });
});

it('what nobody has thought of changes everything', () => {
  expect(isAffected({ kind: 'tide.turned', subject: '' }, keyOf(api.listAudit, {}))).toBe(true);
  expect(isAffected({ kind: 'configuration.applied', subject: '' }, keyOf(api.listApps, {}))).toBe(true);
});

it('checks change what shows commits, and nothing of projects', () => {
  const reported = { kind: 'check.reported', subject: 'harbor@abc' };
  expect(isAffected(reported, keyOf(api.listRungs, { params: { app: 'harbor' } }))).toBe(true);
  expect(isAffected(reported, keyOf(api.listProjects, {}))).toBe(false);
});
