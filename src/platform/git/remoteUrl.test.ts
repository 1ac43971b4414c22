import { expect, test } from 'vitest';
import { parseRemoteUrl } from './remoteUrl.ts';

test.each([
  ['https://github.com/org/app.git', 'http', 'https://github.com/org/app.git'],
  ['http://localhost:8080/app', 'http', 'http://localhost:8080/app'],
  ['ssh://git@host:2222/org/app.git', 'ssh', 'ssh://git@host:2222/org/app.git'],
  ['git@github.com:org/app.git', 'ssh', 'git@github.com:org/app.git'],
  ['[::1]:app.git', 'ssh', '[::1]:app.git'],
  ['git://host/app.git', 'git', 'git://host/app.git'],
  ['file:///srv/app.git', 'file', 'file:///srv/app.git'],
  ['/srv/my repositories/app.git', 'file', '/srv/my repositories/app.git'],
])('%s is fetched by %s', (url, transport, address) => {
  expect(parseRemoteUrl(url)).toMatchObject({ transport, address, display: address });
});

test.each([
  '',
  ' https://host/app',
  '--upload-pack=touch /tmp/x',
  '-oProxyCommand=x:app',
  'ext::sh -c "touch /tmp/x"',
  'fd::3',
  'https://host/app\nhttps://other',
  'ftp://host/app',
  'rsync://host/app',
  'javascript:alert(1)//://',
  'ssh://-oProxyCommand=touch/app',
  'ssh://-oProxyCommand=x@host/app',
  'host:-app',
  'relative/path',
  './app',
  '~/app',
  'https:///app',
  'https://host\\@other/app',
])('%j is refused', (url) => {
  expect(() => parseRemoteUrl(url)).toThrowError(expect.objectContaining({ code: 'invalid_input' }));
});

test('a credential in an http URL is taken out of what argv and messages show', () => {
  const remote = parseRemoteUrl('https://ada:s3%2Fcret@host:8443/org/app.git');
  expect(remote).toEqual({
    transport: 'http',
    address: 'https://host:8443/org/app.git',
    display: 'https://***@host:8443/org/app.git',
    origin: 'https://host:8443',
    embedded: { username: 'ada', token: 's3/cret' },
  });
  expect(parseRemoteUrl('https://t0ken@host/app').embedded).toEqual({
    username: 'x-access-token',
    token: 't0ken',
  });
  expect(parseRemoteUrl('ssh://git:s3cret@host/app')).toMatchObject({
    address: 'ssh://git@host/app',
    display: 'ssh://git:***@host/app',
  });
});

test('a refused URL does not show its password either', () => {
  for (const url of [
    'ftp://ada:s3cret@host/app',
    'https://ada:s3cret/x@host/app',
    'https://ada:s3cret@-host/app',
  ]) {
    expect(() => parseRemoteUrl(url)).toThrowError(/^(?!.*s3cret)/);
  }
});
