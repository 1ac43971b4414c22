/** What workflows read as `secrets.NAME` and as `vars.NAME`. */
export const valueKinds = ['secret', 'variable'] as const;
export type ValueKind = (typeof valueKinds)[number];

/** Where a secret or a variable belongs, widest first: the narrower one counts. */
export const valueLevels = ['organization', 'repository', 'environment'] as const;
export type ValueLevel = (typeof valueLevels)[number];

/** Of one value, in UTF-8. */
export const maxValueBytes = 48 * 1024;

/** How many of a kind there may be at each level. */
export const maxValues: Readonly<Record<ValueLevel, number>> = {
  organization: 1000,
  repository: 100,
  environment: 100,
};

/** How many are set by one request. */
export const maxValuesAtOnce = 100;

/** What is wrong with the name of a secret or variable of workflows, or null. Case does not count. */
export function valueNameProblem(name: string): string | null {
  if (name === '') return 'is empty';
  if (name.length > 255) return 'is too long; at most 255 characters';
  if (/^\d/.test(name)) return 'starts with a digit';
  if (!/^\w+$/.test(name)) return 'has something else in it than letters, digits and underscores';
  return /^GITHUB_/i.test(name) ? 'starts with GITHUB_, which is kept for what workflows are told' : null;
}

/** What is wrong with the name of an environment of workflows, or null. Case does not count. */
export function environmentNameProblem(name: string): string | null {
  if (name.trim() === '') return 'is empty';
  if (name.trim() !== name) return 'starts or ends with white space';
  if (name.length > 255) return 'is too long; at most 255 characters';
  return /[\p{Cc}\p{Zl}\p{Zp}]/u.test(name) ? 'must be a single line without control characters' : null;
}

/** Who must agree before a job may use an environment: nobody; one who may deploy; one of the reviewing teams. */
export const approvals = ['none', 'deployers', 'teams'] as const;
export type Approval = (typeof approvals)[number];

/** Thirty days. */
export const maxWaitMinutes = 43_200;
