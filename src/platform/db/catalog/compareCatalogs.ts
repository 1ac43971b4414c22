import type { Catalog } from './readCatalog.ts';

/**
 * The differences between two catalogs, one line an object, by name: `index deploys_good: only in the replay`,
 * `column users.email: text / character varying(20)`.
 */
export function compareCatalogs(
  a: Catalog,
  b: Catalog,
  names: readonly [string, string] = ['the replay', 'the snapshot'],
): string[] {
  const labels = [...new Set([...a.keys(), ...b.keys()])].sort();
  return labels.flatMap((label) => {
    const [inA, inB] = [a.get(label), b.get(label)];
    if (inA === inB) return [];
    if (inA === undefined) return [`${label}: only in ${names[1]}`];
    if (inB === undefined) return [`${label}: only in ${names[0]}`];
    return [`${label}: ${inA} / ${inB}`];
  });
}
