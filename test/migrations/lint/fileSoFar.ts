/** What earlier statements of the same file did. Nobody uses a table before the transaction that makes it ends. */
export interface FileSoFar {
  tables: Set<string>;
  /** Constraints that were added as not valid. */
  notValid: Set<string>;
}
