import { randomBytes } from 'node:crypto';
import { equalInConstantTime } from '../../../platform/crypto/index.ts';
import { AppError } from '../../../platform/errors.ts';
import type { Upload } from './store/upload.ts';

/** What an address allows whoever has it. */
export type Grant =
  | { readonly kind: 'upload'; readonly upload: Upload }
  | {
      readonly kind: 'download';
      readonly file: string;
      readonly fileName: string;
      readonly mimeType: string;
    };

/**
 * Addresses that allow one thing for a while, as signed URLs do. What is behind one is only known here: nothing of it
 * is in the address, so that no address leads anywhere else.
 */
export interface Tickets {
  /** The path and query of an address. */
  issue(grant: Grant): string;
  /** Throws `forbidden`. */
  redeem(number: string, signature: string): Grant;
}

const validMs = 6 * 60 * 60_000;

export function newTickets(now: () => number): Tickets {
  const issued = new Map<string, { signature: string; until: number; grant: Grant }>();
  let last = 0;
  return {
    issue(grant) {
      last += 1;
      const signature = randomBytes(32).toString('base64url');
      issued.set(String(last), { signature, until: now() + validMs, grant });
      // The three parts that clients of blob storage expect: account, container, blob.
      return `/slipway/blobs/${last}?sig=${signature}`;
    },
    redeem(number, signature) {
      const ticket = issued.get(number);
      if (ticket && ticket.until > now() && equalInConstantTime(ticket.signature, signature))
        return ticket.grant;
      throw new AppError('forbidden', 'this address is not valid, or not any more');
    },
  };
}
