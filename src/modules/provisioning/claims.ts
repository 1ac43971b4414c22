import type { ProjectDraft } from './drafts.ts';

/** What only one project can have. */
export type Claim = `name:${string}` | `id:${bigint}` | `slug:${string}` | `key:${string}`;

export const claimsOf = (project: ProjectDraft): Claim[] => [
  `name:${project.name}`,
  `id:${project.publicId}`,
  `slug:${project.slug}`,
  ...project.keys.map((key): Claim => `key:${key.publicKey}`),
];

/** Which project holds what, while a plan moves names, ids, slugs and keys about. */
export interface Claims {
  holder(claim: Claim): ProjectDraft | undefined;
  /** Takes everything that the project has. */
  take(project: ProjectDraft): void;
  /** Gives up everything that the project has, before it changes or goes. */
  giveUp(project: ProjectDraft): void;
  /** What was given up and not taken again since the last call. */
  takeFreed(): Claim[];
}

export function openClaims(projects: readonly ProjectDraft[]): Claims {
  const holders = new Map<Claim, ProjectDraft>();
  const freed = new Set<Claim>();
  const claims: Claims = {
    holder: (claim) => holders.get(claim),
    take(project) {
      for (const claim of claimsOf(project)) {
        holders.set(claim, project);
        freed.delete(claim);
      }
    },
    giveUp(project) {
      for (const claim of claimsOf(project)) {
        holders.delete(claim);
        freed.add(claim);
      }
    },
    takeFreed() {
      const now = [...freed];
      freed.clear();
      return now;
    },
  };
  for (const project of projects) claims.take(project);
  return claims;
}
