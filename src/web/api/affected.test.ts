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

it('what nobody has thought of changes everything', () => {
  expect(isAffected({ kind: 'tide.turned', subject: '' }, keyOf(api.listAudit, {}))).toBe(true);
  expect(isAffected({ kind: 'configuration.applied', subject: '' }, keyOf(api.listApps, {}))).toBe(true);
});

it('checks change what shows commits, and nothing of projects', () => {
  const reported = { kind: 'check.reported', subject: 'harbor@abc' };
  expect(isAffected(reported, keyOf(api.listRungs, { params: { app: 'harbor' } }))).toBe(true);
  expect(isAffected(reported, keyOf(api.listProjects, {}))).toBe(false);
});
