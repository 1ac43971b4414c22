/** Whose shapes a delivery has. Forgejo sends Gitea's. */
export const providers = ['github', 'gitlab', 'gitea'] as const;
export type Provider = (typeof providers)[number];

/** What shows that a delivery comes from somebody who knows the secret. */
export type Proof =
  /** HMAC-SHA256 of the body under the secret, in hexadecimal digits (GitHub, Gitea). */
  | { readonly kind: 'hmac'; readonly digest: string }
  /** The secret itself (GitLab's secret token). */
  | { readonly kind: 'token'; readonly token: string }
  /** Standard Webhooks 1.0 (GitLab's signing token): HMAC-SHA256 of `id.timestamp.body`, in base64. */
  | {
      readonly kind: 'signatures';
      readonly id: string;
      readonly timestamp: string;
      readonly digests: readonly string[];
    };

/** Who says to send, and what; nothing of it is proven yet. */
export interface Sender {
  readonly provider: Provider;
  readonly event: string;
  /** The sender's name for this delivery, the same when it is sent again; undefined when it has none. */
  readonly delivery: string | undefined;
  readonly contentType: string;
  readonly proofs: readonly Proof[];
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Recognises a sender by its headers; undefined when it is none that is known. Gitea's are asked first: it sends GitHub's too. */
export function readSender(headers: Headers): Sender | undefined {
  const header = (name: string): string | undefined => {
    const value = headers[name];
    return typeof value === 'string' && value !== '' && value.length <= 1000 ? value : undefined;
  };
  const contentType = (header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  for (const provider of ['gitea', 'gitlab', 'github'] as const) {
    const found = senders[provider](header);
    if (found !== undefined) return { provider, contentType, ...found };
  }
  return undefined;
}

type ReadHeader = (name: string) => string | undefined;
type Found = Pick<Sender, 'event' | 'delivery' | 'proofs'>;

const senders: Record<Provider, (header: ReadHeader) => Found | undefined> = {
  github(header) {
    const event = header('x-github-event');
    if (event === undefined) return undefined;
    // The older X-Hub-Signature is SHA-1, and proves nothing here.
    const [, digest] = /^sha256=([0-9a-f]{64})$/i.exec(header('x-hub-signature-256') ?? '') ?? [];
    return { event, delivery: header('x-github-delivery'), proofs: hmac(digest) };
  },
  gitea(header) {
    const event = header('x-gitea-event') ?? header('x-forgejo-event');
    if (event === undefined) return undefined;
    const signature = header('x-gitea-signature') ?? header('x-forgejo-signature') ?? '';
    return {
      event,
      delivery: header('x-gitea-delivery') ?? header('x-forgejo-delivery'),
      proofs: hmac(/^[0-9a-f]{64}$/i.test(signature) ? signature : undefined),
    };
  },
  gitlab(header) {
    const event = header('x-gitlab-event');
    if (event === undefined) return undefined;
    const token = header('x-gitlab-token');
    return {
      event,
      delivery: header('webhook-id') ?? header('idempotency-key'),
      proofs: [
        ...standardSignatures(header),
        ...(token === undefined ? [] : [{ kind: 'token', token } as const]),
      ],
    };
  },
};

const hmac = (digest: string | undefined): Proof[] =>
  digest === undefined ? [] : [{ kind: 'hmac', digest }];

const mostSignatures = 5;

function standardSignatures(header: ReadHeader): Proof[] {
  const [id, timestamp] = [header('webhook-id'), header('webhook-timestamp')];
  const digests = (header('webhook-signature') ?? '')
    .split(' ')
    .flatMap((signature) => /^v1,([A-Za-z0-9+/]{43}=)$/.exec(signature)?.[1] ?? [])
    .slice(0, mostSignatures);
  if (id === undefined || timestamp === undefined || digests.length === 0) return [];
  return [{ kind: 'signatures', id, timestamp, digests }];
}
