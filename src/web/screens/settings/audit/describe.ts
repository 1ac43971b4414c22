/** What an entry says besides, for one line: "role: admin · teams: web, ferry". */
export function describeDetails(details: Readonly<Record<string, unknown>>): string {
  return Object.entries(details)
    .filter(([, value]) => value !== null && value !== undefined && value !== '' && !isEmptyList(value))
    .map(([name, value]) => `${name.replaceAll('_', ' ')}: ${valueText(value)}`)
    .join(' · ');
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The first words of actions, with what they are about. */
export const actionKinds: readonly { readonly value: string; readonly label: string }[] = [
  { value: 'deploy.', label: 'Deploys' },
  { value: 'lock.', label: 'Locks' },
  { value: 'check.', label: 'Checks' },
  { value: 'repository.', label: 'Repositories' },
  { value: 'project.', label: 'Projects and keys' },
  { value: 'team.', label: 'Teams' },
  { value: 'user.', label: 'Users' },
  { value: 'session.', label: 'Sign-ins' },
  { value: 'token.', label: 'API tokens' },
  { value: 'secret.', label: 'Secrets' },
  { value: 'workflow_secret.', label: 'Secrets of workflows' },
  { value: 'variable.', label: 'Variables of workflows' },
  { value: 'workflow_environment.', label: 'Environments of workflows' },
  { value: 'configuration.', label: 'Configuration' },
];
