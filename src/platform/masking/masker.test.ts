import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMasker } from './masker.ts';
import { secretForms } from './secretForms.ts';

describe('what is masked', () => {
  const secret = `s3cr3t/+?"quote's" & <tag> $HOME é`;

  test.each([
    ['as it is', secret],
    ['base64', Buffer.from(secret).toString('base64').replace(/=+$/, '').slice(0, -1)],
    ['base64url', Buffer.from(secret).toString('base64url').slice(0, -1)],
    ['URI-encoded', encodeURIComponent(secret)],
    ['URI-encoded in lower case', encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase())],
    ['form-encoded', new URLSearchParams({ k: secret }).toString().slice(2)],
    ['JSON', JSON.stringify(secret).slice(1, -1)],
    ['JSON in JSON', JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
    ['single quotes of a shell', secret.replaceAll("'", `'\\''`)],
    ['hex', Buffer.from(secret).toString('hex')],
    ['HEX', Buffer.from(secret).toString('hex').toUpperCase()],
  ])('%s', (_form, spelling) => {
    expect(masked([secret], `before ${spelling} after`)).toBe('before *** after');
  });

  test('the way bash itself quotes and traces it', () => {
    const quoted = execFileSync('bash', [
      '-c',
      'printf %q "$1"',
      'bash',
      "it's a $ecret; (really)",
    ]).toString();
    expect(masked(["it's a $ecret; (really)"], `x ${quoted} y`)).toBe('x *** y');
    const trace = execFileSync('bash', [
      '-c',
      'exec 2>&1; set -x; true "$1"',
      'bash',
      "it's a $ecret",
    ]).toString();
    expect(masked(["it's a $ecret"], trace)).toBe("+ true '***'\n");
  });

  test('base64 at every alignment inside a longer text', () => {
    for (const user of ['', 'a', 'ab', 'abc']) {
      const header = Buffer.from(`${user}:correct-horse@host`).toString('base64');
      const shown = masked(['correct-horse'], header);
      expect(shown).toContain('***');
      expect(Buffer.from(shown.replaceAll('***', ' '), 'base64').toString()).not.toContain('orrec');
    }
  });

  test('the lines of a multi-line secret, also alone, with CRLF, and in wrapped base64', () => {
    const key = `-----BEGIN KEY-----\n${'Ab1+/'.repeat(12)}\n${'Zy9-_'.repeat(12)}\n}\n-----END KEY-----\n`;
    expect(masked([key], `${key}ok\n`)).toBe('***\nok\n');
    expect(masked([key], key.replaceAll('\n', '\r\n'))).toBe('***\r\n***\r\n***\r\n}\r\n***\r\n');
    expect(masked([key], `got ${'Zy9-_'.repeat(12)} twice`)).toBe('got *** twice');
    const wrapped = execFileSync('base64', { input: key }).toString();
    expect(
      masked([key], wrapped)
        .replace(/\*\*\*/g, '')
        .trim().length,
    ).toBeLessThan(6);
  });

  test('overlapping and nested secrets leave no byte of any', () => {
    expect(masked(['abcdef', 'efghij'], '-abcdefghij-')).toBe('-***-');
    expect(masked(['token', 'my-token-1'], '-my-token-1- token')).toBe('-***- ***');
    expect(masked(['aaaa'], `${'a'.repeat(11)}b`)).toBe('***b');
  });

  test('white space around a secret is no part of it; very short and empty ones are left alone', () => {
    expect(masked([' hunter2\n'], 'x hunter2 y')).toBe('x *** y');
    expect(masked(['', 'abc', '   '], 'abc abc')).toBe('abc abc');
  });

  test('bytes that are no text pass unchanged', () => {
    const noise = Buffer.from(Array.from({ length: 512 }, (_, i) => (i * 7) & 255));
    const masker = createMasker(['hunter2']);
    expect(Buffer.concat([masker.write(noise), masker.end()])).toEqual(noise);
  });
});

describe('what is held back', () => {
  test('only a tail that is the beginning of a secret', () => {
    const masker = createMasker(['hunter2', 'second-secret']);
    expect(masker.write(Buffer.from('Continue? ')).toString()).toBe('Continue? ');
    expect(masker.write(Buffer.from('yes hunt')).toString()).toBe('yes ');
    expect(masker.write(Buffer.from('ing')).toString()).toBe('hunting');
    expect(masker.write(Buffer.from('hunter')).toString()).toBe('');
    expect(masker.write(Buffer.from('2')).toString()).toBe('***');
    expect(masker.write(Buffer.from('se')).toString()).toBe('');
    expect(masker.end().toString()).toBe('se');
  });

  test('a complete secret shows its mask at once, though a longer one may follow', () => {
    const masker = createMasker(['abcdef', 'abcdefghi']);
    expect(masker.write(Buffer.from('-abcdef')).toString()).toBe('-***');
    expect(masker.write(Buffer.from('ghi-')).toString()).toBe('-');
  });
});

describe('for any secrets, text and cuts', () => {
  const letters = fc.constantFrom('a', 'b', 'c', 'A', '+', '"', '\n');
  const secrets = fc.array(fc.string({ unit: letters, minLength: 4, maxLength: 12 }), {
    minLength: 1,
    maxLength: 4,
  });
  const cases = secrets.chain((chosen) => {
    const pieces = fc.oneof(
      fc.string({ unit: letters, maxLength: 6 }),
      fc.constantFrom(...chosen, ...chosen.flatMap(secretForms).map(String)),
    );
    return fc.tuple(
      fc.constant(chosen),
      fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
    );
  });
  const cuts = fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 20 });

  test('the answer is the union of all occurrences, however it is cut, and no form survives', () => {
    fc.assert(
      fc.property(cases, cuts, ([chosen, text], sizes) => {
        const shown = maskedInPieces(chosen, text, sizes);
        expect(shown).toBe(maskedByDefinition(chosen, text));
        for (const form of chosen.flatMap(secretForms)) expect(shown).not.toContain(form.toString());
      }),
      { numRuns: 2000 },
    );
  });
});

function masked(secrets: string[], text: string): string {
  const whole = maskedInPieces(secrets, text, [Buffer.byteLength(text)]);
  expect(maskedInPieces(secrets, text, [1])).toBe(whole);
  return whole;
}

function maskedInPieces(secrets: string[], text: string, sizes: number[]): string {
  const masker = createMasker(secrets);
  const bytes = Buffer.from(text);
  const shown: Buffer[] = [];
  for (let at = 0, i = 0; at < bytes.length; i += 1) {
    const size = Math.max(1, sizes[i % sizes.length] ?? 1);
    // Copied into a buffer that is overwritten afterwards, as a reader with one buffer would.
    const chunk = Buffer.from(bytes.subarray(at, at + size));
    shown.push(Buffer.from(masker.write(chunk)));
    chunk.fill(0);
    at += size;
  }
  return Buffer.concat([...shown, masker.end()]).toString();
}

/** Slow and obvious: mark every byte of every occurrence, one mask per run of overlapping occurrences. */
function maskedByDefinition(secrets: string[], text: string): string {
  const forms = secrets.flatMap(secretForms).map(String);
  let shown = '';
  let maskedUntil = 0;
  for (let at = 0; at < text.length; at += 1) {
    const length = Math.max(
      0,
      ...forms.filter((form) => text.startsWith(form, at)).map((form) => form.length),
    );
    if (length > 0 && at >= maskedUntil) shown += '***';
    maskedUntil = Math.max(maskedUntil, at + length);
    if (at >= maskedUntil) shown += text[at];
  }
  return shown;
}
