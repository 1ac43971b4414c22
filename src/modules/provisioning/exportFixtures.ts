import { stringify } from 'yaml';
import { type Actor, hasRole } from '../../platform/actor.ts';
import type { Tx } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { audit } from '../audit/index.ts';
import { slugOf } from '../configuration/index.ts';
import { formatDsn, type KeyFactsRow, selectKeyFacts, selectProjectFacts } from '../projects/index.ts';
import { selectTeamFacts } from '../teams/index.ts';
import type { Provisioning } from './configurationFile.ts';
import { storedSecret } from './planConfiguration.ts';

/**
 * Teams and projects as a fixture file that changes nothing here when it is applied. The admin is left out, since
 * no password can be read back; so is a project without a usable key, since it has no DSN.
 */
export async function exportFixtures(
  context: Provisioning,
  publicUrl: string,
  now: Date,
  actor: Actor,
  options: { secrets: boolean },
): Promise<string> {
  if (options.secrets && !hasRole(actor, 'owner')) {
    throw new AppError(
      'forbidden',
      `the secret keys of all projects are for an owner; ${actor.name} is ${actor.role}`,
    );
  }
  const write = async (tx: Tx) => {
    const keys = Map.groupBy(await selectKeyFacts(tx), (key) => key.project_id);
    const projects = (await selectProjectFacts(tx)).map((project) => ({
      ...project,
      key: keyToShow(keys.get(project.id) ?? []),
    }));
    const ofTeam = Map.groupBy(projects, (project) => project.team_id);
    const teams = (await selectTeamFacts(tx)).map((team) => ({
      ...nameOf(team),
      projects: (ofTeam.get(team.id) ?? []).flatMap(({ key, ...project }) => {
        if (key === undefined) return [];
        const secret = options.secrets ? secretOf(context, key) : null;
        const dsn = formatDsn(publicUrl, { publicKey: key.public_key, secret, publicId: project.public_id });
        return [{ ...nameOf(project), ...platformOf(project), dsn }];
      }),
    }));
    if (options.secrets) await audit(tx, now, actor, 'configuration.export_secrets', 'configuration');
    return (
      preamble(projects.filter((project) => project.key === undefined)) + stringify({ teams }, yamlOptions)
    );
  };
  return context.db.transaction(write, { atOneMoment: true });
}

const yamlOptions = { lineWidth: 0, aliasDuplicateObjects: false };

/** The one that DSNs are made of everywhere: the oldest that is active, or else the oldest that is still accepted. */
function keyToShow(keys: readonly KeyFactsRow[]): KeyFactsRow | undefined {
  return keys.find((key) => key.state === 'active') ?? keys.find((key) => key.state === 'retiring');
}

function secretOf(context: Provisioning, key: KeyFactsRow): string | null {
  return storedSecret(context, { publicKey: key.public_key, sealedSecret: key.sealed_secret });
}

/** The slug only where it does not follow from the name. */
const nameOf = ({ name, slug }: { name: string; slug: string }) => ({
  name: literal(name),
  ...(slugOf(name) === slug ? {} : { slug }),
});
const platformOf = ({ platform }: { platform: string | null }) =>
  platform === null ? {} : { platform: literal(platform) };
/** A text that must not be read as a reference. */
const literal = (text: string) => text.replaceAll('${', () => '$${');

function preamble(withoutKey: readonly { name: string }[]): string {
  const lines = ['# Teams, projects and DSNs. Check it: slipway fixtures plan FILE'];
  for (const { name } of withoutKey) {
    lines.push(`# Left out, because it has no usable key: ${JSON.stringify(name)}`);
  }
  return `${lines.join('\n')}\n`;
}
