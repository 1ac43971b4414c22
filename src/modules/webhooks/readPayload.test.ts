import { describe, expect, it } from 'vitest';
import { readPayload } from './readPayload.ts';

const json = (text: string | Buffer) => readPayload('application/json', Buffer.from(text));

describe('a payload', () => {
  it('is read from JSON and from a form', () => {
    expect(json('{"ref":"refs/heads/größe 🚢"}')).toEqual({ ref: 'refs/heads/größe 🚢' });
    const form = `x=1&payload=${encodeURIComponent('{"ref":"a+b &=%"}')}`;
    expect(readPayload('application/x-www-form-urlencoded', Buffer.from(form))).toEqual({ ref: 'a+b &=%' });
  });

  it('has no characters that PostgreSQL cannot store, in keys either', () => {
    expect(json('{"a\\u0000":["\\ud800","\\udc00x","ok"]}')).toEqual({
      'a\ufffd': ['\ufffd', '\ufffdx', 'ok'],
    });
  });

  it.each([
    ['no JSON', 'hello', /no JSON/],
    ['cut off', '{"a":', /no JSON/],
    ['empty', '', /no JSON/],
    ['a list', '[]', /no object/],
    ['nothing', 'null', /no object/],
    ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), /no JSON/],
  ])('that is %s is told', (_, text, message) => {
    expect(() => json(text)).toThrow(message);
  });

  it('without the field of the form is told', () => {
    expect(() => readPayload('application/x-www-form-urlencoded', Buffer.from('a=b'))).toThrow(/"payload"/);
  });

  it('that would become much memory is refused before it does', () => {
    const deep = (depth: number) => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect(json(deep(99))).toHaveProperty('a');
    expect(() => json(deep(100))).toThrow(/nested more than 100 deep/);
    expect(() => json('['.repeat(25 * 1024 * 1024))).toThrow(/nested/);
    expect(() => json(`{"a":[${'0,'.repeat(2_100_000)}0]}`)).toThrow(/values/);
    expect(json(`{"a":"${'[{\\"'.repeat(1000)}"}`)).toHaveProperty('a');
  });
});
