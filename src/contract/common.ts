import { z } from 'zod';

/** A moment, as ISO 8601 in UTC. */
export const Timestamp = z.iso
  .datetime()
  .refine((text) => !text.startsWith('0000'), 'there was no year 0')
  .meta({ id: 'Timestamp', example: '2026-11-21T22:15:19.000Z' });

export const Name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and hyphens');

/** What names a commit in a request. */
export const ShaBeginning = z
  .string()
  .regex(/^[0-9a-f]{4,64}$/, 'a sha, or its first 4 digits or more: 0-9 and a-f');
/**
 * What is wrong with what people call a team or a project, or null. One rule for the API and for fixture files, so
 * that an exported file is always a valid one.
 */
export function displayNameProblem(name: string): string | null {
  if (name.trim() === '') return 'is empty';
  if (name.trim() !== name) return 'starts or ends with white space';
  if (name.length > 200) return 'is too long; at most 200 characters';
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name)) return 'must be a single line without control characters';
  if (/[\u202a-\u202e\u2066-\u2069]/.test(name)) return 'has a mark in it that reorders the text after it';
  if (!name.isWellFormed()) return 'has half a character in it';
  return /:\/\//.test(name) ? 'is an address; are name and DSN swapped?' : null;
}

export const DisplayName = z
  .string()
  .trim()
  .superRefine((name, context) => {
    const message = displayNameProblem(name);
    if (message !== null) context.addIssue({ code: 'custom', message });
  })
  .meta({ minLength: 1, maxLength: 200 });

export const Sha = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/, 'a full commit sha');
export const Reason = z.string().trim().min(1, 'a reason is required').max(2000);

/** A keyset page: follow `next_cursor` until it is null. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next_cursor: z.string().nullable() });
}

/** The query of a keyset page. */
export const pageQuery = {
  cursor: z.string().max(200).optional().meta({ description: '`next_cursor` of the page before' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

/** A query flag: `?x`, `?x=true`, `?x=false`. */
export const Flag = z
  .enum(['', 'true', 'false', '1', '0'])
  .transform((value) => value !== 'false' && value !== '0');

export const Nothing = z.undefined();

/** Who did something: a person, a machine (the local CLI), or Slipway itself. */
export const Who = z
  .object({ kind: z.enum(['user', 'machine', 'system']), name: z.string() })
  .meta({ id: 'Who' });
export type Who = z.infer<typeof Who>;

/** A moment as messages say it: to the minute, in UTC, since who reads it may be anywhere. */
export const readableTime = (at: string | Date): string =>
  `${(typeof at === 'string' ? at : at.toISOString()).slice(0, 16).replace('T', ' ')} UTC`;
