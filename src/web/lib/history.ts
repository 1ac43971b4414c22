/** What a history is made of, newest first, no commit before those that build on it. */
export interface Link {
  readonly sha: string;
  readonly parents: readonly string[];
}

/** What a commit contains: itself and all that it builds on. Known as far as rows are. */
export interface Contents {
  readonly shas: ReadonlySet<string>;
  /** Parents that no row shows: what they contain is not known. */
  readonly edges: readonly string[];
}

/** What a commit contains; undefined when it is none of the rows. */
export function contentsOf(rows: readonly Link[], sha: string): Contents | undefined {
  const start = rows.findIndex((row) => row.sha === sha);
  if (start === -1) return undefined;
  const shas = new Set<string>();
  const expected = new Set([sha]);
  for (const row of rows.slice(start)) {
    if (!expected.delete(row.sha)) continue;
    shas.add(row.sha);
    for (const parent of row.parents) expected.add(parent);
  }
  return { shas, edges: [...expected] };
}
