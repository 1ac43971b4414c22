import { expect, test } from 'vitest';
import { isExposed, normaliseAddress } from './address.ts';

test.each([
  ['https://ship.example.com/', 'https://ship.example.com'],
  ['ship.example.com', 'https://ship.example.com'],
  ['localhost:7070', 'http://localhost:7070'],
  ['127.0.0.1:7070', 'http://127.0.0.1:7070'],
  ['https://example.com/slipway//', 'https://example.com/slipway'],
  ['HTTPS://Ship.Example.com', 'https://ship.example.com'],
])('%s is %s', (text, address) => {
  expect(normaliseAddress(text)).toBe(address);
});

test.each(['', 'ftp://example.com', 'https://user:secret@example.com', 'https://example.com?x', 'two words'])(
  '%j is no address',
  (text) => {
    expect(() => normaliseAddress(text)).toThrow('is no address');
  },
);

test('plain http is exposed unless it stays on this machine', () => {
  expect(isExposed('http://ship.example.com')).toBe(true);
  expect(isExposed('http://127.0.0.1:7070')).toBe(false);
  expect(isExposed('http://[::1]:7070')).toBe(false);
  expect(isExposed('https://ship.example.com')).toBe(false);
});
