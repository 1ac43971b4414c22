import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AppError } from '../errors.ts';
import { parseSecretKey, type SecretKey, secretBox } from './index.ts';

function newKey(): SecretKey {
  const key = parseSecretKey(randomBytes(32).toString('hex'));
  if (!key) throw new Error('a key of 32 bytes was refused');
  return key;
}

function failure(attempt: () => unknown): AppError {
  try {
    attempt();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('a secret box', () => {
  it.each(['', 'hunter2', 'ünï ☃ 🚢', 'line\nline\n', 'x'.repeat(100_000)])(
    'opens what it sealed',
    (text) => {
      const box = secretBox(newKey());
      expect(box.open(box.seal(text, 'secret a'), 'secret a')).toBe(text);
    },
  );

  it('opens what another process sealed with the same key', () => {
    const key = newKey();
    expect(secretBox(key).open(secretBox(key).seal('hunter2', 'secret a'), 'secret a')).toBe('hunter2');
  });

  it('seals the same text differently each time, without the text in it', () => {
    const box = secretBox(newKey());
    const sealed = [box.seal('hunter2', 'secret a'), box.seal('hunter2', 'secret a')];
    expect(new Set(sealed).size).toBe(2);
    expect(sealed[0]).toMatch(/^v1\.[\w-]{8}\.[\w-]+$/);
    expect(sealed[0]?.startsWith(`v1.${box.keyId}.`)).toBe(true);
  });

  it('does not open a value that was moved to another name', () => {
    const box = secretBox(newKey());
    const error = failure(() => box.open(box.seal('hunter2', 'secret a'), 'secret b'));
    expect(error).toMatchObject({
      code: 'internal',
      message: expect.stringContaining('belongs to another name'),
    });
  });

  it('says so when another key sealed it', () => {
    const error = failure(() =>
      secretBox(newKey()).open(secretBox(newKey()).seal('hunter2', 'secret a'), 'secret a'),
    );
    expect(error.code).toBe('unavailable');
    expect(error.message).toContain('secret a was sealed with another SLIPWAY_SECRET_KEY');
    expect(error.message).not.toContain('hunter2');
  });

  it('notices every changed byte', () => {
    const box = secretBox(newKey());
    const [version, keyId, payload = ''] = box.seal('hunter2', 'secret a').split('.');
    const bytes = Buffer.from(payload, 'base64url');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
      const error = failure(() =>
        box.open(`${version}.${keyId}.${changed.toString('base64url')}`, 'secret a'),
      );
      expect(error.message).toContain('was altered');
    }
  });

  it.each(['', 'hunter2', 'v1', 'v2.abc.def', 'v1.a.b.c'])('does not take %j for a sealed value', (value) => {
    const error = failure(() => secretBox(newKey()).open(value, 'secret a'));
    expect(error.message).toContain('no sealed value');
  });

  it('does not accept a cut value or tag', () => {
    const box = secretBox(newKey());
    const sealed = box.seal('hunter2', 'secret a');
    for (const cut of [1, 8, 20, 40]) {
      expect(failure(() => box.open(sealed.slice(0, -cut), 'secret a')).message).toContain('was altered');
    }
  });
});
