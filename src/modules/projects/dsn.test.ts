import { expect, it } from 'vitest';
import { formatDsn } from './dsn.ts';

const parts = { publicKey: 'abc', publicId: '23' };

it.each([
  ['https://errors.example.com', parts, 'https://abc@errors.example.com/23'],
  ['http://127.0.0.1:7070', parts, 'http://abc@127.0.0.1:7070/23'],
  ['https://errors.example.com:443/', parts, 'https://abc@errors.example.com/23'],
  ['https://Example.com/deep/prefix/', parts, 'https://abc@example.com/deep/prefix/23'],
  ['http://[::1]:7070', { ...parts, secret: 'def' }, 'http://abc:def@[::1]:7070/23'],
  ['https://e.com', { ...parts, secret: null }, 'https://abc@e.com/23'],
  ['https://e.com', { ...parts, secret: 'a/b@c:d%' }, 'https://abc:a%2Fb%40c%3Ad%25@e.com/23'],
  ['https://e.com', { ...parts, publicId: 2n ** 63n - 1n }, 'https://abc@e.com/9223372036854775807'],
])('a DSN below %s with %o is %s', (urlPrefix, given, dsn) => {
  expect(formatDsn(urlPrefix, given)).toBe(dsn);
  const url = new URL(dsn);
  expect(url.username).toBe(given.publicKey);
  expect(decodeURIComponent(url.password)).toBe(('secret' in given && given.secret) || '');
});
