/** A service, and where its releases are: `current` in its directory is a link to one of them. */
export interface ServicePlace {
  readonly app: string;
  readonly environment: string;
  readonly directory: string;
  readonly address: string;
  readonly port: number;
}

/** What keeps a service running. */
export interface Service {
  stop(): Promise<void>;
}

/** Something that holds the service's port: a release, or the page that says that there is none. */
export interface Occupation {
  /** The release; null is the empty berth. */
  readonly release: string | null;
  /** Resolves when the port is free again, with the reason in words. */
  readonly ended: Promise<string>;
  /** Ends it; resolves with `ended`. */
  end(): Promise<void>;
}
