import { expect, test } from 'vitest';
import { explainFetchFailure, type FetchFailureKind } from './fetchFailure.ts';
import { GitError } from './gitError.ts';

test.each<[FetchFailureKind, string]>([
  ['auth', "fatal: could not read Username for 'https://github.com': terminal prompts disabled"],
  [
    'auth',
    "remote: HTTP Basic: Access denied\nfatal: Authentication failed for 'https://gitlab.com/a/b.git/'",
  ],
  ['auth', 'git@github.com: Permission denied (publickey).\r\nfatal: Could not read from remote repository.'],
  ['auth', "fatal: unable to access 'https://github.com/a/b/': The requested URL returned error: 403"],
  ['not_found', "remote: Repository not found.\nfatal: repository 'https://github.com/a/b/' not found"],
  ['not_found', 'ERROR: Repository not found.\nfatal: Could not read from remote repository.'],
  ['not_found', 'remote: The project you were looking for could not be found or you do not have permission'],
  ['network', "fatal: unable to access 'https://x/': Could not resolve host: x"],
  [
    'network',
    "fatal: unable to access 'https://x/': SSL certificate problem: unable to get local issuer certificate",
  ],
  [
    'network',
    'ssh: connect to host x port 22: Connection refused\nfatal: Could not read from remote repository.',
  ],
  ['network', 'fatal: the remote end hung up unexpectedly\nfatal: early EOF\nfatal: index-pack failed'],
  ['timeout', 'ssh: connect to host x port 22: Connection timed out'],
  [
    'timeout',
    "fatal: unable to access 'https://x/': Operation too slow. Less than 100 bytes/sec transferred",
  ],
  ['not_a_repository', "fatal: '/srv/x' does not appear to be a git repository"],
  ['not_a_repository', 'fatal: https://x/info/refs not valid: is this a git repository?'],
  [
    'corrupt',
    'error: inflate: data stream error (incorrect header check)\nfatal: loose object abc is corrupt',
  ],
  ['corrupt', 'fatal: bad object 1234567'],
  ['corrupt', "fatal: not a git repository: '/data/mirrors/app.git'"],
  ['disk_full', 'fatal: write error: No space left on device\nfatal: index-pack failed'],
  ['disk_full', 'error: unable to create temporary file: Read-only file system'],
  ['gone', 'fatal: git upload-pack: not our ref c7b72dca0f5c47bf75d624ac76882e59dc3ea28e'],
  ['host_key', '@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.'],
  ['unknown', 'fatal: the moon is in the wrong phase'],
])('%s: %j', (kind, stderr) => {
  const error = new GitError({ args: ['fetch'], place: '/m', exitCode: 128, signal: null, stderr });
  const failure = explainFetchFailure(error);
  expect(failure.kind).toBe(kind);
  expect(failure.message).not.toMatch(/[\r\n]/);
});

test('a full disk is recognised when it is not git that meets it', () => {
  const error = Object.assign(new Error('ENOSPC: no space left on device, mkdir'), { code: 'ENOSPC' });
  expect(explainFetchFailure(error).kind).toBe('disk_full');
});
