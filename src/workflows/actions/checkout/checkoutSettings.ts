/** What the built-in checkout knows of the run besides its inputs. Plain data: it is read by the step's own process. */
export interface CheckoutSettings {
  /** What all working trees of the repository that is run share; it is only read. */
  readonly commonDir: string;
  /** A repository of this run that jobs see as the origin: it borrows the objects of the one that is run. */
  readonly origin: string;
  /** Workspaces begin with a copy of the working tree, and are kept as they are where that will do. */
  readonly copied: boolean;
  /** Where other repositories may be: directories of mirrors and git base URLs. */
  readonly places: readonly string[];
  /** Where steps push to; null: what they push stays in `origin`, and goes with the run. */
  readonly server: RepositoryServer | null;
}

/** A server that has the repository that is run. */
export interface RepositoryServer {
  /** Of the repository, as git takes it. */
  readonly url: string;
  /** Whether it takes the job's own token. */
  readonly takesJobToken: boolean;
}
