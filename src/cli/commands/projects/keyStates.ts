import { api } from '../../../contract/addresses.ts';
import type { KeyState, ProjectDetail, ProjectKey } from '../../../contract/projects.ts';
import { defineCommand, type Run } from '../../command.ts';
import { type ConfirmOptions, confirmOptions, confirmSlug } from '../../confirmSlug.ts';
import { findKey, shortKey } from './findKey.ts';

const named = 'KEY is a public key or the beginning of one';

export const retireCommand = defineCommand({
  name: 'retire <project> [key]',
  summary: 'hand a key out no longer; it is still accepted',
  details: `${named}; without it the only active one.`,
  examples: [['slipway projects retire storefront 3f2a9c', 'until activate, or revoke']],
  run: (run, project = '', key) => turn(run, project, key, ['active'], 'retiring'),
});

export const activateCommand = defineCommand({
  name: 'activate <project> [key]',
  summary: 'hand a retiring key out again',
  details: `${named}; without it the only retiring one.`,
  examples: [['slipway projects activate storefront 3f2a9c', 'undoes retire']],
  run: (run, project = '', key) => turn(run, project, key, ['retiring'], 'active'),
});

export const revokeCommand = defineCommand<ConfirmOptions>({
  name: 'revoke <project> [key]',
  summary: 'accept a key never again',
  details: `${named}; without it the only retiring one. The last key that is accepted takes a confirmation.`,
  options: confirmOptions(),
  examples: [
    ['slipway projects revoke storefront', 'the one that was rotated out'],
    ['slipway projects revoke storefront 3f2a9c', 'this one'],
  ],
  run: (run, project = '', key) => turn(run, project, key, ['retiring'], 'revoked'),
});

const said: Record<KeyState, string> = {
  active: 'is active',
  retiring: 'is retiring: it is handed out no longer, and still accepted',
  revoked: 'is revoked, and accepted never again',
};

async function turn(
  run: Run<ConfirmOptions>,
  name: string,
  text: string | undefined,
  from: readonly KeyState[],
  state: KeyState,
): Promise<undefined> {
  const server = await run.client();
  const project = await server.call(api.showProject, { params: { project: name } });
  const key = findKey(project.slug, project.keys, text, from);
  const confirm = state === 'revoked' ? await confirmLast(run, project, key) : undefined;
  const changed = await server.call(api.updateProjectKey, {
    params: { project: project.slug, key: key.public_key },
    query: confirm === undefined ? {} : { confirm },
    body: { state },
  });
  run.out.show(changed, () =>
    run.out.line(`key ${shortKey(changed.public_key)} of ${project.slug} ${said[changed.state]}`),
  );
  return undefined;
}

/** Without its last key nothing that is sent to a project is accepted: that is asked about. */
async function confirmLast(
  run: Run<ConfirmOptions>,
  project: ProjectDetail,
  key: ProjectKey,
): Promise<string | undefined> {
  const accepted = project.keys.filter(({ state }) => state !== 'revoked');
  if (accepted.some(({ public_key }) => public_key !== key.public_key) || key.state === 'revoked')
    return undefined;
  const warning = `Key ${shortKey(key.public_key)} is the last one that project ${project.slug} accepts: nothing sent to it will be`;
  return confirmSlug(run, project.slug, warning);
}
