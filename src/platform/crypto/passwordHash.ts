/** What scrypt was asked for: N = 2^logN, and memory of 128 × N × r bytes. */
export interface ScryptParameters {
  logN: number;
  r: number;
  p: number;
}

/** A stored hash, taken apart. */
export interface PasswordHash extends ScryptParameters {
  salt: Buffer;
  hash: Buffer;
}

const form =
  /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;
/** 1 GiB: more than any hash of ours, less than what a forged row could ask for. */
const maxMemoryBytes = 2 ** 30;

/** `$scrypt$ln=17,r=8,p=1$<salt>$<hash>`: the PHC string format, base64 without padding. */
export function formatPasswordHash(hash: PasswordHash): string {
  return `$scrypt$ln=${hash.logN},r=${hash.r},p=${hash.p}$${base64(hash.salt)}$${base64(hash.hash)}`;
}

/** Null for a text that is no hash, or one that would take more than 1 GiB to verify. */
export function parsePasswordHash(text: string): PasswordHash | null {
  const match = form.exec(text);
  if (!match) return null;
  const [, logN, r, p, salt = '', hash = ''] = match;
  const parsed = {
    logN: Number(logN),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
  const valid = parsed.logN >= 1 && parsed.r >= 1 && parsed.p >= 1 && memoryBytes(parsed) <= maxMemoryBytes;
  return valid ? parsed : null;
}

/** What scrypt needs to compute a hash. */
export function memoryBytes({ logN, r, p }: ScryptParameters): number {
  return 128 * r * (2 ** logN + p + 2);
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
