import type { Role } from '../../contract/endpoint.ts';

/** What Slipway holds when a plan is made: read under the directory's lock when the plan is to be carried out. */
export interface DirectoryFacts {
  readonly teams: readonly TeamFacts[];
  readonly projects: readonly ProjectFacts[];
  /** Oldest first. */
  readonly keys: readonly KeyFacts[];
  /** Public keys that nobody may get again; of those whose project is gone at least the ones that the file names. */
  readonly revokedKeys: ReadonlySet<string>;
}

export interface TeamFacts {
  readonly id: number;
  readonly name: string;
  readonly slug: string;
  /** The file that created it; null when something else did. */
  readonly fixture: string | null;
  readonly apps: number;
}

export interface ProjectFacts {
  readonly id: number;
  readonly publicId: bigint;
  readonly name: string;
  readonly slug: string;
  readonly teamId: number;
  readonly platform: string | null;
  readonly fixture: string | null;
}

export interface KeyFacts {
  readonly id: number;
  readonly projectId: number;
  readonly publicKey: string;
  readonly sealedSecret: string | null;
  readonly state: 'active' | 'retiring' | 'revoked';
}

/** The user whom the file's `admin` means, as stored; null when there is none with that e-mail. */
export interface AdminFacts {
  readonly id: number;
  readonly username: string;
  readonly role: Role;
  readonly disabled: boolean;
  readonly passwordMatches: boolean;
  /** Ids of teams. */
  readonly teams: ReadonlySet<number>;
}
