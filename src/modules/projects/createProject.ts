import type { Actor } from '../../platform/actor.ts';
import type { SecretBox } from '../../platform/crypto/index.ts';
import { AppError, systemCode } from '../../platform/errors.ts';
import { slugOf } from '../configuration/index.ts';
import { type DirectoryLock, findTeam } from '../teams/index.ts';
import { addKey } from './addKey.ts';
import { assertFree } from './assertFree.ts';
import { assertMayChange, findProject } from './projects.ts';
import { recordProject } from './recordProject.ts';
import { drawPublicId, insertProject, type ProjectRow } from './store.ts';

export interface ProjectInput {
  name: string;
  team: string;
  slug?: string | undefined;
  platform?: string | undefined;
}

/** Creates a project under an id that none had before, with a first key. A taken name or slug is a conflict. */
export async function createProject(
  lock: DirectoryLock,
  box: SecretBox,
  now: Date,
  actor: Actor,
  input: ProjectInput,
): Promise<ProjectRow> {
  const team = await findTeam(lock.tx, input.team);
  assertMayChange(actor, `create projects in team ${team.slug}`, team.slug);
  const { name, platform = null } = input;
  const slug = input.slug ?? requireSlug(name);
  await assertFree(lock, { slug, name });
  const publicId = await drawPublicId(lock).catch(explainExhaustion);
  const { id } = await insertProject(lock, now, { publicId, slug, name, teamId: team.id, platform });
  const key = await addKey(lock, box, now, id, '');
  const project = await findProject(lock.tx, slug);
  const details = { name, team: team.slug, public_key: key.public_key };
  await recordProject(lock, now, actor, { action: 'create', event: 'created', project, details });
  return project;
}

function requireSlug(name: string): string {
  const slug = slugOf(name);
  if (slug !== '') return slug;
  throw new AppError(
    'invalid_input',
    `body.slug: no slug can be made from "${name}"; give one of lower-case letters, digits and hyphens`,
  );
}

const sequenceUsedUp = '2200H';

function explainExhaustion(error: unknown): never {
  if (systemCode(error) !== sequenceUsedUp) throw error;
  throw new AppError(
    'conflict',
    'there is no project id left: 9223372036854775807, the last one, is used; give projects their ids in a fixture file, as long as some are free',
    {},
    { cause: error },
  );
}
