import { describe, expect, it } from 'vitest';
import { passwordHasher } from './index.ts';

/** Fast, for all that is not about the cost. */
const light = { logN: 10, r: 8, p: 1 };
const hasher = passwordHasher({ parameters: light });

describe('a password', () => {
  it('is verified by its hash alone', async () => {
    const stored = await hasher.hashPassword('correct horse');
    expect(await hasher.verifyPassword('correct horse', stored)).toBe(true);
    expect(await hasher.verifyPassword('correct horse ', stored)).toBe(false);
    expect(await hasher.verifyPassword('', stored)).toBe(false);
  });

  it('has a salt of its own, and is not in its hash', async () => {
    const stored = [await hasher.hashPassword('correct horse'), await hasher.hashPassword('correct horse')];
    expect(new Set(stored).size).toBe(2);
    expect(stored[0]).toMatch(/^\$scrypt\$ln=10,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  });

  it('is the same however the keyboard composes its letters', async () => {
    const stored = await hasher.hashPassword('Z\u00fcrich');
    expect(await hasher.verifyPassword('Zu\u0308rich', stored)).toBe(true);
  });

  it('of more than 1024 bytes is refused, and never right', async () => {
    await expect(hasher.hashPassword('x'.repeat(1025))).rejects.toMatchObject({ code: 'invalid_input' });
    expect(await hasher.verifyPassword('x'.repeat(1025), await hasher.hashPassword(''))).toBe(false);
    const longest = 'x'.repeat(1024);
    expect(await hasher.verifyPassword(longest, await hasher.hashPassword(longest))).toBe(true);
  });

  it('of nobody is wrong, whatever it is', async () => {
    expect(await hasher.verifyPassword('', null)).toBe(false);
    expect(await hasher.verifyPassword('correct horse', null)).toBe(false);
  });

  it('is hashed by scrypt as RFC 7914 has it', async () => {
    // Of https://www.rfc-editor.org/rfc/rfc7914#section-12, the third, whose salt is long enough for a stored hash.
    const salt = Buffer.from('SodiumChloride').toString('base64').replace(/=+$/, '');
    const hash = Buffer.from(
      '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2' +
        'd5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887',
      'hex',
    );
    const stored = `$scrypt$ln=14,r=8,p=1$${salt}$${hash.toString('base64').replace(/=+$/, '')}`;
    expect(await hasher.verifyPassword('pleaseletmein', stored)).toBe(true);
  });
});

describe('the cost', () => {
  it("is OWASP's for the whole process: 128 MiB", async () => {
    const strong = passwordHasher();
    const stored = await strong.hashPassword('correct horse');
    expect(stored).toMatch(/^\$scrypt\$ln=17,r=8,p=1\$/);
    expect(strong.needsRehash(stored)).toBe(false);
    expect(await strong.verifyPassword('correct horse', stored)).toBe(true);
    expect(await strong.verifyPassword('correct horse', null)).toBe(false);
  });

  it('is paid for a user who does not exist, and for a password that is too long', async () => {
    const slow = passwordHasher({ parameters: { logN: 15, r: 8, p: 1 } });
    const stored = await slow.hashPassword('correct horse');
    const [known, unknown, tooLong] = await fastestOfEach([
      () => slow.verifyPassword('wrong', stored),
      () => slow.verifyPassword('wrong', null),
      () => slow.verifyPassword('x'.repeat(2000), stored),
    ]);
    for (const time of [unknown, tooLong]) {
      expect(Number(time) / Number(known)).toBeGreaterThan(0.3);
    }
  });

  it('may rise: old hashes stay valid and ask to be renewed', async () => {
    const stored = await hasher.hashPassword('correct horse');
    const dearer = passwordHasher({ parameters: { logN: 11, r: 8, p: 1 } });
    expect(hasher.needsRehash(stored)).toBe(false);
    expect(dearer.needsRehash(stored)).toBe(true);
    expect(await dearer.verifyPassword('correct horse', stored)).toBe(true);
  });

  it('is bounded: a burst of logins waits in line, and what is too much is turned away', async () => {
    const small = passwordHasher({ parameters: { logN: 14, r: 8, p: 1 }, maxConcurrent: 1, maxWaiting: 3 });
    const logins = await Promise.allSettled(
      Array.from({ length: 10 }, () => small.verifyPassword('x', null)),
    );
    const refused = logins.filter((login) => login.status === 'rejected');
    expect(refused).toHaveLength(6);
    expect(refused[0]?.reason).toMatchObject({ code: 'rate_limited' });
    expect(await small.verifyPassword('x', null)).toBe(false);
  });

  it('in memory stays below that of three hashes, whatever the burst', async () => {
    const before = process.memoryUsage.rss();
    const heavy = passwordHasher({ parameters: { logN: 16, r: 8, p: 1 } });
    let peak = 0;
    const timer = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
    }, 2);
    await Promise.all(Array.from({ length: 8 }, () => heavy.verifyPassword('x', null)));
    clearInterval(timer);
    expect(peak - before).toBeGreaterThan(0);
    expect(peak - before).toBeLessThan(3 * 64 * 1024 * 1024);
  });
});

describe('a stored hash', () => {
  it.each([
    '',
    'hunter2',
    '$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA',
    '$scrypt$ln=30,r=8,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaGhhc2g',
    '$scrypt$ln=17,r=99,p=99$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaGhhc2g',
    '$scrypt$ln=17,r=8,p=1$c2FsdHNhbHRzYWx0$',
  ])('that cannot be read or costs too much is refused: %j', async (stored) => {
    await expect(hasher.verifyPassword('x', stored)).rejects.toMatchObject({ code: 'internal' });
    expect(() => hasher.needsRehash(stored)).toThrow('cannot be read');
  });
});

/** In turns, so that a busy moment of the machine meets all alike. */
async function fastestOfEach(tasks: Array<() => Promise<unknown>>): Promise<number[]> {
  const times = tasks.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < 5; round += 1) {
    for (const [index, task] of tasks.entries()) {
      const started = performance.now();
      await task();
      times[index] = Math.min(times[index] ?? 0, performance.now() - started);
    }
  }
  return times;
}
