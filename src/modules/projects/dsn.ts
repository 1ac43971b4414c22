export interface DsnParts {
  readonly publicKey: string;
  /** Left out of the DSN when there is none. */
  readonly secret?: string | null;
  readonly publicId: string | bigint;
}

/**
 * `<scheme>://<public_key>[:<secret>]@<host>[/<prefix>]/<project_id>`, as the SDKs of Sentry read it
 * (https://develop.sentry.dev/sdk/overview/#parsing-the-dsn), below the address that people use.
 */
export function formatDsn(urlPrefix: string, { publicKey, secret, publicId }: DsnParts): string {
  const { protocol, host, pathname } = new URL(urlPrefix);
  const credentials = secret ? `${publicKey}:${encodeURIComponent(secret)}` : publicKey;
  return `${protocol}//${credentials}@${host}${pathname.replace(/\/+$/, '')}/${publicId}`;
}
