import {
  ApiError,
  type CallExtras,
  type Client,
  createClient,
  UnreachableError,
} from '../../contract/client.ts';
import type { Address, CallInput, CallOutput } from '../../contract/endpoint.ts';
import type { ErrorCode } from '../../contract/problem.ts';
import type { Lease } from '../../contract/runner.ts';
import { leaseHeader } from '../../contract/runnerWire.ts';
import { AppError } from '../../platform/errors.ts';

// biome-ignore lint/suspicious/noExplicitAny: a supertype of every address; each use infers its own.
type AnyAddress = Address<any, any, any, any>;

/** Slipway as a runner of another machine calls it. */
export interface RemoteCalls {
  /** Throws an `AppError`: `unavailable` for all that may be better the next time. */
  call<E extends AnyAddress>(address: E, input: CallInput<E>, extras?: CallExtras): Promise<CallOutput<E>>;
  readonly client: Client;
  /** Origin with its path prefix, without a slash at its end. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** How far this machine's clock is behind Slipway's, in milliseconds; 0 for what is as good as equal. */
  readonly skewMs: () => number;
  /** Slipway said what time it was, in the answer to what was asked at `askedAt`. */
  tellTime(theirs: number, askedAt: number): void;
}

/** A call that takes longer has failed: leases run out in 30 s. */
const timeoutMs = 10_000;
const noticeableSkewMs = 500;

export function connect(url: string, token: string): RemoteCalls {
  const headers = { authorization: `Bearer ${token}` };
  const baseUrl = url.replace(/\/+$/, '');
  const client = createClient({ baseUrl, headers, timeoutMs });
  let skew = 0;
  return {
    client,
    url: baseUrl,
    headers,
    skewMs: () => (Math.abs(skew) < noticeableSkewMs ? 0 : Math.round(skew)),
    tellTime: (theirs, askedAt) => {
      skew = theirs - (askedAt + Date.now()) / 2;
    },
    call: async (address, input, extras) => {
      try {
        return await client.call(address, input, extras);
      } catch (error) {
        throw asAppError(error);
      }
    },
  };
}

export const withLease = (lease: Lease): { headers: Record<string, string> } => ({
  headers: { [leaseHeader]: lease.token },
});

/** What a server that restarts, or a proxy before it, answers; asking again is right, and safe. */
const passing: readonly ErrorCode[] = ['internal', 'upstream_failed', 'rate_limited'];

export function asAppError(error: unknown): unknown {
  if (error instanceof UnreachableError)
    return new AppError('unavailable', error.message, {}, { cause: error });
  if (!(error instanceof ApiError)) return error;
  const { code, detail, details } = error.problem;
  return new AppError(passing.includes(code) ? 'unavailable' : code, detail, details, { cause: error });
}
