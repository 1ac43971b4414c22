import { expect, it } from 'vitest';
import { readCredentials } from './gitUser.ts';

const basic = (text: string | Buffer) => `Basic ${Buffer.from(text).toString('base64')}`;

it.each([
  [basic('ada:slp_1'), { username: 'ada', token: 'slp_1' }],
  [basic(':slp_1'), { username: '', token: 'slp_1' }],
  [basic('x-access-token:slj_1'), { username: 'x-access-token', token: 'slj_1' }],
  [basic('slp_1:'), { username: 'slp_1', token: 'slp_1' }],
  [basic('slp_1:x-oauth-basic'), { username: 'slp_1', token: 'slp_1' }],
  [basic('ada:a:b'), { username: 'ada', token: 'a:b' }],
  ['bearer slp_1', { username: '', token: 'slp_1' }],
])('%s carries a token', (header, credentials) => expect(readCredentials(header)).toEqual(credentials));

it.each([
  undefined,
  '',
  'Basic',
  'Digest x',
  basic(''),
  basic(':'),
  basic('ada'),
  basic('ada:\0'),
  basic('a\nb:c'),
  basic(Buffer.from([0x61, 0x3a, 0xff])),
])('%j carries none', (header) => expect(readCredentials(header)).toBeUndefined());
