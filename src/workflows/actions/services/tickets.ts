import { createHmac } from 'node:crypto';
import { equalInConstantTime } from '../../../platform/crypto/index.ts';
import { AppError } from '../../../platform/errors.ts';

/** What an address allows whoever has it: something that one of the stores has under that id. */
export type Grant = { readonly store: 'artifacts' | 'cache'; readonly id: string } & (
  | { readonly kind: 'upload' }
  | { readonly kind: 'download'; readonly fileName: string; readonly mimeType: string }
);

/**
 * Addresses that allow one thing for a while, as signed URLs do. They hold for as long as the secret does: also for a
 * server that was started since.
 */
export interface Tickets {
  /** The path and query of an address. */
  issue(grant: Grant): string;
  /** Throws `forbidden`. */
  redeem(ticket: string, signature: string): Grant;
}

const validMs = 6 * 60 * 60_000;

export function newTickets(now: () => number, secret: string | Buffer): Tickets {
  const sign = (ticket: string): string => createHmac('sha256', secret).update(ticket).digest('base64url');
  return {
    issue(grant) {
      const ticket = Buffer.from(JSON.stringify([now() + validMs, grant])).toString('base64url');
      // The three parts that clients of blob storage expect: account, container, blob.
      return `/slipway/blobs/${ticket}?sig=${sign(ticket)}`;
    },
    redeem(ticket, signature) {
      if (equalInConstantTime(sign(ticket), signature)) {
        const [until, grant] = JSON.parse(Buffer.from(ticket, 'base64url').toString('utf8')) as [
          number,
          Grant,
        ];
        if (until > now()) return grant;
      }
      throw new AppError('forbidden', 'this address is not valid, or not any more');
    },
  };
}
