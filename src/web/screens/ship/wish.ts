/** What somebody wants to ship, as the address of the page says it. */
export interface Wish {
  readonly environment: string | undefined;
  /** A branch, a tag, a sha or a special name; the environment's own ref unless named. */
  readonly ref: string | undefined;
  /** An earlier commit of what the ref has, chosen from what would go out. */
  readonly commit: string | undefined;
}
