import { createHmac, randomBytes, randomUUID } from 'node:crypto';

/** What steps prove themselves by to the services of their run. */
export interface RuntimeToken {
  readonly token: string;
  /** By which the services know the run and its jobs. */
  readonly runBackendId: string;
  readonly jobBackendId: string;
}

const validSeconds = 7 * 24 * 60 * 60;

/**
 * A JWT as the official clients read it: the ids stand in its `scp` claim. Who gets it is compared with the one that
 * was issued; its signature is there because clients may look for one.
 */
export function newRuntimeToken(now: Date, runBackendId: string = randomUUID()): RuntimeToken {
  const jobBackendId = randomUUID();
  const issuedAt = Math.floor(now.getTime() / 1000);
  const head = encode({ alg: 'HS256', typ: 'JWT' });
  const claims = encode({
    scp: `Actions.GenericRead:00000000-0000-0000-0000-000000000000 Actions.Results:${runBackendId}:${jobBackendId}`,
    iss: 'slipway',
    nbf: issuedAt,
    exp: issuedAt + validSeconds,
    jti: randomUUID(),
  });
  const signature = createHmac('sha256', randomBytes(32)).update(`${head}.${claims}`).digest('base64url');
  return { token: `${head}.${claims}.${signature}`, runBackendId, jobBackendId };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
