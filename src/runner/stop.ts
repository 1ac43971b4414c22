/** Why a deploy is ended from outside. */
export class Stop extends Error {
  /** `lost`: the lease is gone, so nothing may be reported any more. */
  readonly kind: 'cancelled' | 'stopped' | 'lost';

  constructor(kind: Stop['kind'], message: string) {
    super(message);
    this.name = 'Stop';
    this.kind = kind;
  }
}
