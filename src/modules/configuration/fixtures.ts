/** Where something stands in the file; both count from 1. */
export interface FilePlace {
  readonly line: number;
  readonly column: number;
}

/** The `admin` of a file, with its references resolved. */
export interface AdminFixture {
  readonly username: string;
  readonly email: string;
  /** Never part of a message, a plan or a log. */
  readonly password: string;
  readonly at: FilePlace;
}

/** A project as a file declares it: what its DSN says, taken apart. */
export interface ProjectFixture {
  readonly name: string;
  readonly slug: string;
  /** null: what is stored stays. */
  readonly platform: string | null;
  readonly publicId: bigint;
  readonly publicKey: string;
  /** null: what is stored stays. Never part of a message, a plan or a log. */
  readonly secretKey: string | null;
  readonly at: FilePlace;
}

export interface TeamFixture {
  readonly name: string;
  readonly slug: string;
  readonly projects: readonly ProjectFixture[];
  readonly at: FilePlace;
}

/** The sections `admin` and `teams` of a file: no name, slug, id or public key stands in them twice. */
export interface Fixtures {
  readonly admin: AdminFixture | null;
  readonly teams: readonly TeamFixture[];
}
