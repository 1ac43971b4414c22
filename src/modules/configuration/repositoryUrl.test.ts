import { describe, expect, it } from 'vitest';
import { repositoryUrlProblem, transportOf } from './repositoryUrl.ts';

describe('the url of a repository', () => {
  it.each([
    ['https://git.example.com/acme/harbor.git', 'http'],
    ['https://deployer@git.example.com/acme/harbor.git', 'http'],
    ['http://127.0.0.1:3000/a.git', 'http'],
    ['ssh://git@git.example.com:2222/acme/harbor.git', 'ssh'],
    ['git@git.example.com:acme/harbor.git', 'ssh'],
    ['git.example.com:acme/harbor.git', 'ssh'],
    ['git://git.example.com/harbor.git', 'git'],
    ['file:///srv/git/harbor.git', 'file'],
    ['/srv/git/harbor.git', 'file'],
  ])('may be %s', (url, transport) => {
    expect(repositoryUrlProblem(url)).toBeNull();
    expect(transportOf(url)).toBe(transport);
  });

  it.each([
    ['', 'must be one of'],
    ['harbor', 'must be one of'],
    ['../harbor.git', 'must be one of'],
    ['ext::sh -c id', 'white space'],
    ['ext::sh', 'must be one of'],
    ['ftp://host/x.git', 'must be one of'],
    ['--upload-pack=id', 'must be one of'],
    ['-oProxyCommand=id:x', 'must be one of'],
    ['host:-x', 'must be one of'],
    ['ssh://-oProxyCommand=id/x', 'must be one of'],
    ['ssh://-oProxyCommand=id@host/x', 'must be one of'],
    ['git://-x/y', 'must be one of'],
    ['file://host/x', 'absolute path'],
    ['https://host', 'lacks the path'],
    ['https://me:hunter2@host/x.git', 'set `token` to a reference'],
    ['https://ghp_hunter2@host/x.git', 'set `token` to a reference'],
    [`https://${'hunter2'.repeat(6)}@host/x.git`, 'set `token` to a reference'],
    ['ssh://me:hunter2@host/x.git', 'set `ssh_key` to a reference'],
    ['/srv/a b.git', 'white space'],
  ])('may not be %s', (url, message) => {
    expect(repositoryUrlProblem(url)).toContain(message);
    expect(repositoryUrlProblem(url)).not.toContain('hunter2');
  });
});
