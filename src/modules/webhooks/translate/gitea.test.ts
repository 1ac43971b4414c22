import { describe, expect, it } from 'vitest';
import { readGitea } from './gitea.ts';

const sha = 'bffeb74224043ba2feb48d137756c8a9331c449a';

const repository = (id: number, fullName: string) => ({
  id,
  name: 'webhooks',
  full_name: fullName,
  private: false,
  html_url: `https://gitea.example.com/${fullName}`,
  clone_url: `https://gitea.example.com/${fullName}.git`,
  default_branch: 'master',
});
const sender = {
  id: 1,
  login: 'gitea',
  full_name: 'Gitea',
  email: 'someone@gitea.example.com',
  username: 'gitea',
};

/** In the shape of Gitea's documentation. */
const pullRequest = (action: string, request: object = {}) => ({
  action,
  number: 3,
  pull_request: {
    id: 12,
    number: 3,
    user: sender,
    title: 'Wind',
    body: 'An arrow that turns',
    labels: [{ id: 1, name: 'weather' }],
    state: 'open',
    draft: false,
    merged: false,
    merge_commit_sha: null,
    html_url: 'https://gitea.example.com/gitea/webhooks/pulls/3',
    created_at: '2024-05-01T10:00:00+02:00',
    updated_at: '2024-05-01T10:05:00+02:00',
    head: { label: 'wind', ref: 'wind', sha, repo_id: 140, repo: repository(140, 'gitea/webhooks') },
    base: {
      label: 'master',
      ref: 'master',
      sha: 'a'.repeat(40),
      repo_id: 140,
      repo: repository(140, 'gitea/webhooks'),
    },
    ...request,
  },
  repository: repository(140, 'gitea/webhooks'),
  sender,
});

describe('a push of Gitea', () => {
  it('says who pushed what', () => {
    const push = { ref: 'refs/heads/develop', before: 'a'.repeat(40), after: sha, pusher: sender, sender };
    expect(readGitea('push', push)).toMatchObject({
      kind: 'push',
      pushed: { ref: 'refs/heads/develop', sha, sender: 'gitea' },
    });
  });

  it('is what a branch that was made or deleted asks for too', () => {
    for (const [event, summary] of [
      ['create', 'branch wind created'],
      ['delete', 'branch wind deleted'],
    ] as const)
      expect(readGitea(event, { ref: 'wind', ref_type: 'branch', sender })).toEqual({
        kind: 'push',
        pushed: undefined,
        summary,
      });
  });
});

describe('a pull request of Gitea', () => {
  it.each([
    ['opened', 'opened'],
    ['synchronized', 'synchronize'],
    ['label_updated', 'labeled'],
    ['label_cleared', 'unlabeled'],
    ['closed', 'closed'],
    ['reopened', 'reopened'],
    ['review_requested', 'review_requested'],
    ['constructor', 'constructor'],
  ])('that was %s is %s', (said, action) => {
    expect(readGitea('pull_request', pullRequest(said))).toMatchObject({
      change: { action, payload: { action } },
    });
  });

  it('becomes one as GitHub would tell it', () => {
    const meaning = readGitea('pull_request_sync', pullRequest('synchronized'));
    expect(meaning).toMatchObject({
      change: {
        number: 3,
        headSha: sha,
        remoteRef: 'refs/pull/3/head',
        fork: false,
        open: true,
        updatedAt: new Date('2024-05-01T08:05:00Z'),
        sender: 'gitea',
        payload: {
          number: 3,
          pull_request: {
            title: 'Wind',
            state: 'open',
            labels: [{ name: 'weather' }],
            user: { login: 'gitea' },
            head: { ref: 'wind', sha, repo: { full_name: 'gitea/webhooks' } },
            base: { ref: 'master', sha: 'a'.repeat(40) },
          },
          repository: { id: 140, full_name: 'gitea/webhooks', owner: { login: 'gitea' } },
          sender: { login: 'gitea' },
        },
      },
    });
  });

  it('is of a fork when its branch lies elsewhere, or its repository is gone', () => {
    for (const repo of [repository(141, 'someone/webhooks'), null])
      expect(
        readGitea('pull_request', pullRequest('opened', { head: { label: 'wind', ref: 'wind', sha, repo } })),
      ).toMatchObject({ change: { fork: true } });
  });

  it('calls a branch that is gone by its name', () => {
    const head = { label: 'wind', ref: 'refs/pull/3/head', sha, repo: repository(140, 'gitea/webhooks') };
    expect(readGitea('pull_request', pullRequest('closed', { head }))).toMatchObject({
      change: { payload: { pull_request: { head: { ref: 'wind' } } } },
    });
  });

  it('that was reviewed starts nothing', () => {
    expect(readGitea('pull_request', pullRequest('reviewed')).kind).toBe('ignored');
    expect(readGitea('pull_request_approved', pullRequest('reviewed')).kind).toBe('ignored');
  });
});
