import type { PlanChange, PlanItem } from '../../contract/provisioning.ts';
import type { ProjectFixture } from '../configuration/index.ts';
import type { Claim, Claims } from './claims.ts';
import {
  changeOf,
  type KeyDraft,
  type ProjectDraft,
  planItem,
  secretChange,
  type TeamDraft,
} from './drafts.ts';
import type { KeyFacts } from './facts.ts';

/** A project of the file, and its team as it will be. */
export interface ProjectEntry {
  readonly fixture: ProjectFixture;
  readonly team: TeamDraft;
}

export interface ProjectOptions {
  /** Delete and create where the id changes, instead of renumbering. */
  readonly replace: boolean;
  /** Public keys that nobody may get again. */
  readonly revokedKeys: ReadonlySet<string>;
  /** The secret that is stored for a key, to compare with; null when there is none, or it cannot be opened. */
  secretOf(key: KeyFacts): string | null;
}

export type Settled =
  | { kind: 'unchanged' }
  | { kind: 'created' | 'changed'; item: PlanItem; project: ProjectDraft }
  | { kind: 'replaced'; item: PlanItem; project: ProjectDraft; former: ProjectDraft }
  /** Skipped; to be decided again when one of these comes free. */
  | { kind: 'blocked'; item: PlanItem; by: Claim[] };

/**
 * The decision table for one project, by its name and its id:
 * neither exists → create; only the id → that project takes the values; only the name → it takes the new id;
 * both, the same project → it takes the values; both, different projects → skip.
 * A slug or public key of another project, or a revoked key, is a skip too.
 */
export function settleProject(claims: Claims, entry: ProjectEntry, options: ProjectOptions): Settled {
  const { fixture } = entry;
  const named = claims.holder(`name:${fixture.name}`);
  const numbered = claims.holder(`id:${fixture.publicId}`);
  const target = named ?? numbered;
  const obstacle = findObstacle(claims, entry, options, named, numbered);
  if (obstacle !== null) return obstacle;
  if (target === undefined) return create(claims, entry);
  if (numbered === undefined && options.replace) return replace(claims, entry, target);
  return change(claims, entry, target, options);
}

function findObstacle(
  claims: Claims,
  entry: ProjectEntry,
  options: ProjectOptions,
  named: ProjectDraft | undefined,
  numbered: ProjectDraft | undefined,
): Settled | null {
  const { fixture } = entry;
  const { name, publicId, slug, publicKey } = fixture;
  if (named !== undefined && numbered !== undefined && named !== numbered) {
    const reason = `project "${name}" has the id ${named.publicId}, and the id ${publicId} belongs to project "${numbered.name}": one of them would be lost. Correct the id, or rename or delete one of the two`;
    return blocked(fixture, reason);
  }
  const target = named ?? numbered;
  const slugHolder = claims.holder(`slug:${slug}`);
  if (slugHolder !== undefined && slugHolder !== target) {
    const reason = `its slug would be ${slug}, which project "${slugHolder.name}" has. Rename one of them, or give this one a \`slug\``;
    return blocked(fixture, reason);
  }
  const keyHolder = claims.holder(`key:${publicKey}`);
  if (keyHolder !== undefined && keyHolder !== target) {
    const reason = `the public key ${publicKey} belongs to project "${keyHolder.name}". Give this project a key of its own`;
    return blocked(fixture, reason);
  }
  if (options.revokedKeys.has(publicKey)) {
    const reason = `the public key ${publicKey} was revoked, and a revoked key stays revoked. Put the DSN of a key that is active into the file`;
    return blocked(fixture, reason);
  }
  return null;
}

function blocked(fixture: ProjectFixture, reason: string): Settled {
  const { name, publicId, slug, publicKey } = fixture;
  const by: Claim[] = [`name:${name}`, `id:${publicId}`, `slug:${slug}`, `key:${publicKey}`];
  return { kind: 'blocked', item: planItem('skip', { ...place(fixture), reason }), by };
}

function create(claims: Claims, { fixture, team }: ProjectEntry): Settled {
  const project = newProject(fixture, team);
  claims.take(project);
  return {
    kind: 'created',
    item: planItem('create', { ...place(fixture), changes: firstValues(project) }),
    project,
  };
}

function replace(claims: Claims, { fixture, team }: ProjectEntry, former: ProjectDraft): Settled {
  claims.giveUp(former);
  const project = newProject(fixture, team);
  claims.take(project);
  const changes = [
    ...changeOf('id', String(former.publicId), String(project.publicId)),
    ...firstValues(project).filter((change) => change.field !== 'id'),
  ];
  return { kind: 'replaced', item: planItem('replace', { ...place(fixture), changes }), project, former };
}

function newProject(fixture: ProjectFixture, team: TeamDraft): ProjectDraft {
  const { publicId, name, slug, platform, publicKey } = fixture;
  const key: KeyDraft = { stored: null, publicKey, secret: fixture.secretKey ?? undefined, state: 'active' };
  return { stored: null, publicId, name, slug, team, platform, keys: [key] };
}

const firstValues = (project: ProjectDraft): PlanChange[] => [
  ...changeOf('id', null, String(project.publicId)),
  ...changeOf('platform', null, project.platform),
  ...changeOf('public_key', null, project.keys[0]?.publicKey ?? null),
];

function change(
  claims: Claims,
  { fixture, team }: ProjectEntry,
  project: ProjectDraft,
  options: ProjectOptions,
): Settled {
  claims.giveUp(project);
  const { publicId, name, slug } = fixture;
  const platform = fixture.platform ?? project.platform;
  const renumbered = project.publicId !== publicId;
  const changes = [
    ...changeOf('id', String(project.publicId), String(publicId)),
    ...changeOf('name', project.name, name),
    ...changeOf('slug', project.slug, slug),
    ...(project.team === team ? [] : [{ field: 'team', from: project.team.name, to: team.name }]),
    ...changeOf('platform', project.platform, platform),
    ...changeKey(project, fixture, options),
  ];
  Object.assign(project, { publicId, name, slug, team, platform });
  claims.take(project);
  if (changes.length === 0) return { kind: 'unchanged' };
  const item = planItem(renumbered ? 'renumber' : 'change', { ...place(fixture), changes });
  return { kind: 'changed', item, project };
}

/** The key of the file if the project has it, else its oldest one that is not revoked takes the values; else a new one. */
function changeKey(project: ProjectDraft, fixture: ProjectFixture, options: ProjectOptions): PlanChange[] {
  const { publicKey } = fixture;
  const key =
    project.keys.find((candidate) => candidate.publicKey === publicKey) ??
    project.keys.find((candidate) => candidate.state !== 'revoked');
  if (key === undefined) {
    project.keys.push({ stored: null, publicKey, secret: fixture.secretKey ?? undefined, state: 'active' });
    return changeOf('public_key', null, publicKey);
  }
  const changes = changeOf('public_key', key.publicKey, publicKey);
  if (changes.length > 0) {
    // What the file puts in place of a key that was on its way out is not on its way out.
    key.publicKey = publicKey;
    key.state = 'active';
  }
  const { secretKey } = fixture;
  if (secretKey === null || (key.stored !== null && options.secretOf(key.stored) === secretKey))
    return changes;
  key.secret = secretKey;
  return [...changes, secretChange('secret_key')];
}

const place = (fixture: ProjectFixture) => ({
  kind: 'project' as const,
  name: fixture.name,
  line: fixture.at.line,
});
