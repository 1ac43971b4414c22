import { createFormScanner, type FormScanner } from './formScanner.ts';
import { secretForms } from './secretForms.ts';

const mask = Buffer.from('***');
const nothing = Buffer.alloc(0);

/** Replaces secrets in a stream of bytes by `***`, however the stream is cut into writes. */
export interface Masker {
  /**
   * Takes the next bytes and answers what may be shown now. Held back is only a tail that really is the
   * beginning of a secret, so the last line of a quiet process comes out at once. The answer may share memory
   * with `chunk`.
   */
  write(chunk: Buffer): Buffer;
  /** Answers what was held back: the stream has ended, so it was no secret. */
  end(): Buffer;
}

/** Secrets that may become more while their maskers are at work. */
export interface GrowingMasks {
  /** Masks this one too, in every masker, in what comes from now on. */
  add(secret: string): void;
  /** For one stream of bytes. */
  masker(): Masker;
}

/**
 * A masker of these secrets in every form that `secretForms` lists; those that `isMaskable` refuses are left
 * alone. Occurrences that overlap become one mask, so no byte of any of them shows.
 */
export function createMasker(secrets: readonly string[]): Masker {
  const forms = secrets.flatMap(secretForms);
  if (forms.length === 0) return { write: (chunk) => chunk, end: () => nothing };
  return streamingMasker(createFormScanner(forms));
}

/** As `createMasker`, for secrets that are not all known in the beginning. */
export function createGrowingMasks(): GrowingMasks {
  const scanner = createFormScanner([]);
  return { add: (secret) => scanner.add(secretForms(secret)), masker: () => streamingMasker(scanner) };
}

function streamingMasker(scanner: FormScanner): Masker {
  let held: Buffer = nothing;
  /** How many bytes at the start of `held` an already written mask stands for. */
  let maskedAhead = 0;

  function write(chunk: Buffer): Buffer {
    const text = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    const settled = scanner.pendingFrom(text);
    const shown = showUntil(text, settled);
    // A copy: the rest of a large chunk must not stay in memory, nor change under us, for a few bytes' sake.
    held = settled === text.length ? nothing : Buffer.from(text.subarray(settled));
    return shown;
  }

  function end(): Buffer {
    const rest = held;
    held = nothing;
    return showUntil(rest, rest.length);
  }

  /** No secret that starts before `settled` can still grow or appear; one that starts right there may. */
  function showUntil(text: Buffer, settled: number): Buffer {
    const shown: Buffer[] = [];
    let maskedUntil = maskedAhead;
    for (let at = scanner.next(text, 0); at !== -1 && at <= settled; at = scanner.next(text, at + 1)) {
      if (at >= maskedUntil) shown.push(text.subarray(maskedUntil, at), mask);
      maskedUntil = Math.max(maskedUntil, at + scanner.longestAt(text, at));
    }
    if (settled > maskedUntil) shown.push(text.subarray(maskedUntil, settled));
    maskedAhead = Math.max(0, maskedUntil - settled);
    return joined(shown);
  }

  return { write, end };
}

function joined(parts: Buffer[]): Buffer {
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
}
