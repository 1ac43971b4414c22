import { describe, expect, it } from 'vitest';
import { readGitlab } from './gitlab.ts';

const [before, after, zero] = [
  '95790bf8'.padEnd(40, '0'),
  'da1560886d4f094c3e6c9ef40349f7d38b5d27d7',
  '0'.repeat(40),
];

describe('a push of GitLab', () => {
  const push = { object_kind: 'push', event_name: 'push', before, after, user_username: 'jsmith' };

  it('says who pushed what', () => {
    expect(readGitlab('Push Hook', { ...push, ref: 'refs/heads/größe' })).toMatchObject({
      kind: 'push',
      pushed: { ref: 'refs/heads/größe', sha: after, sender: 'jsmith' },
    });
    expect(
      readGitlab('Tag Push Hook', { ...push, object_kind: 'tag_push', ref: 'refs/tags/v1' }),
    ).toMatchObject({
      kind: 'push',
      pushed: { ref: 'refs/tags/v1' },
    });
  });

  it('of a branch that is gone names nobody', () => {
    expect(readGitlab('Push Hook', { ...push, ref: 'refs/heads/x', after: zero })).toMatchObject({
      kind: 'push',
      pushed: undefined,
    });
  });
});

const project = (id: number, path: string) => ({
  id,
  name: 'Shop',
  web_url: `https://gitlab.example.com/${path}`,
  git_http_url: `https://gitlab.example.com/${path}.git`,
  path_with_namespace: path,
  default_branch: 'main',
  visibility_level: 0,
});

/** In the shape of GitLab's documentation of merge request events. */
const mergeRequest = (attributes: object = {}, changes: object = {}) => ({
  object_kind: 'merge_request',
  event_type: 'merge_request',
  user: { id: 1, name: 'Administrator', username: 'root', email: '[REDACTED]' },
  project: project(1, 'gitlab-org/sub/shop'),
  object_attributes: {
    id: 99,
    iid: 7,
    target_branch: 'main',
    source_branch: 'ms-viewport',
    source_project_id: 1,
    target_project_id: 1,
    author_id: 1,
    title: 'MS-Viewport',
    created_at: '2013-12-03T17:23:34Z',
    updated_at: '2013-12-03 17:23:36 UTC',
    state: 'opened',
    draft: false,
    description: 'Why',
    url: 'https://gitlab.example.com/gitlab-org/sub/shop/-/merge_requests/7',
    source: project(1, 'gitlab-org/sub/shop'),
    target: project(1, 'gitlab-org/sub/shop'),
    last_commit: { id: after, message: 'fixed readme', author: { name: 'A', email: 'a@example.com' } },
    action: 'open',
    ...attributes,
  },
  labels: [{ id: 206, title: 'API' }],
  changes,
});

const labels = (...titles: string[]) => titles.map((title, id) => ({ id, title }));

describe('a merge request of GitLab', () => {
  it('becomes a pull request as GitHub would tell it', () => {
    const meaning = readGitlab('Merge Request Hook', mergeRequest());
    expect(meaning).toMatchObject({
      kind: 'change',
      change: {
        number: 7,
        action: 'opened',
        headSha: after,
        remoteRef: 'refs/merge-requests/7/head',
        fork: false,
        open: true,
        updatedAt: new Date('2013-12-03T17:23:36Z'),
        sender: 'root',
      },
    });
    if (meaning.kind === 'change') {
      expect(meaning.change.payload).toMatchObject({
        action: 'opened',
        number: 7,
        pull_request: {
          number: 7,
          state: 'open',
          title: 'MS-Viewport',
          body: 'Why',
          draft: false,
          merged: false,
          user: { login: 'root' },
          labels: [{ name: 'API' }],
          created_at: '2013-12-03T17:23:34.000Z',
          head: { ref: 'ms-viewport', sha: after, label: 'gitlab-org/sub:ms-viewport', repo: { id: 1 } },
          base: { ref: 'main', sha: null, repo: { full_name: 'gitlab-org/sub/shop', name: 'shop' } },
        },
        repository: { full_name: 'gitlab-org/sub/shop', owner: { login: 'gitlab-org/sub' }, private: true },
        sender: { login: 'root' },
      });
    }
  });

  it.each([
    ['opened', { action: 'open' }, {}],
    ['reopened', { action: 'reopen' }, {}],
    ['closed', { action: 'close', state: 'closed' }, {}],
    ['closed', { action: 'merge', state: 'merged' }, {}],
    ['synchronize', { action: 'update', oldrev: before }, { title: { previous: 'a', current: 'b' } }],
    ['labeled', { action: 'update' }, { labels: { previous: labels('a'), current: labels('a', 'b') } }],
    ['unlabeled', { action: 'update' }, { labels: { previous: labels('a'), current: [] } }],
    ['converted_to_draft', { action: 'update' }, { draft: { previous: false, current: true } }],
    ['ready_for_review', { action: 'update' }, { draft: { previous: true, current: false } }],
    ['assigned', { action: 'update' }, { assignees: { previous: [], current: [{}] } }],
    ['review_request_removed', { action: 'update' }, { reviewers: { previous: [{}], current: [] } }],
    ['edited', { action: 'update' }, { title: { previous: 'a', current: 'b' } }],
  ])('is %s', (action, attributes, changes) => {
    expect(readGitlab('Merge Request Hook', mergeRequest(attributes, changes))).toMatchObject({
      change: { action, payload: { action } },
    });
  });

  it('names the label, and where the head was', () => {
    const changes = { labels: { previous: [], current: labels('deploy') } };
    expect(readGitlab('Merge Request Hook', mergeRequest({ action: 'update' }, changes))).toMatchObject({
      change: { payload: { label: { name: 'deploy' } } },
    });
    expect(
      readGitlab('Merge Request Hook', mergeRequest({ action: 'update', oldrev: before })),
    ).toMatchObject({ change: { payload: { before, after } } });
  });

  it('says what became of it', () => {
    expect(
      readGitlab('Merge Request Hook', mergeRequest({ action: 'merge', state: 'merged' })),
    ).toMatchObject({
      change: { open: false, payload: { pull_request: { merged: true, state: 'closed' } } },
    });
  });

  it('is of a fork when its branch lies in another project, or nobody says where', () => {
    for (const source_project_id of [2, undefined])
      expect(readGitlab('Merge Request Hook', mergeRequest({ source_project_id }))).toMatchObject({
        change: { fork: true },
      });
  });

  it('does not name an author whom it does not know', () => {
    expect(readGitlab('Merge Request Hook', mergeRequest({ author_id: 51 }))).toMatchObject({
      change: { payload: { pull_request: { user: { login: null } } } },
    });
  });

  it.each(['approved', 'unapproved', 'approval', 'constructor'])('is ignored when it was %s', (action) => {
    expect(readGitlab('Merge Request Hook', mergeRequest({ action })).kind).toBe('ignored');
  });
});

it('ignores what else GitLab sends, and says so', () => {
  for (const object_kind of ['note', 'pipeline', 'build', 'issue', 'wiki_page', 'deployment', 'release'])
    expect(readGitlab('Note Hook', { object_kind })).toEqual({
      kind: 'ignored',
      reason: 'Note Hook starts nothing; push, tag push and merge request events do',
    });
});
