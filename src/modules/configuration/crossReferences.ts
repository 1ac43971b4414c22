import { suggestion } from '../../platform/text/nearest.ts';
import { childAt, entriesOf, itemsOf, type Located, textOf } from './located.ts';
import { hasMisspelt } from './misspelt.ts';
import { atKey, atValue, type Finding } from './problem.ts';
import { transportOf } from './repositoryUrl.ts';

/**
 * What must fit together: names that are used and names that are declared, keys that exclude each other. Reads
 * the file as it was found, not as the schema wants it, so that one mistake does not hide another.
 */
export function crossReferences(root: Located): Finding[] {
  if (isEmptyMapping(root))
    return [atKey(root, 'the file declares nothing; see slipway.example.yml and fixtures.example.yml')];
  const repositories = childAt(root, 'repositories');
  // A misspelt section has been found unknown; each name in it would be said to be unknown as well.
  const known = hasMisspelt(root, 'repositories') ? null : entriesOf(repositories).map(([name]) => name);
  return [
    ...entriesOf(repositories).flatMap(([, repository]) => checkRepositoryKeys(repository)),
    ...entriesOf(childAt(root, 'apps')).flatMap(([, app]) => checkApp(app, known)),
  ];
}

/** Some keys are for mirrors, one is for what Slipway hosts; a `url` makes the difference. */
function checkRepositoryKeys(repository: Located): Finding[] {
  if (repository.children.has('url')) {
    const limit = repository.children.get('push_limit');
    const problem = '`push_limit` is for repositories that Slipway hosts; this one has a `url`';
    return [...checkCredential(repository), ...(limit ? [atKey(limit, problem)] : [])];
  }
  if (hasMisspelt(repository, 'url')) return [];
  return ['token', 'ssh_key', 'fetch_every'].flatMap((key) => {
    const child = repository.children.get(key);
    return child
      ? [atKey(child, `\`${key}\` needs a \`url\`: without one Slipway hosts the repository itself`)]
      : [];
  });
}

function checkCredential(repository: Located): Finding[] {
  const token = repository.children.get('token');
  const sshKey = repository.children.get('ssh_key');
  if (token && sshKey)
    return [atKey(sshKey, '`token` and `ssh_key` exclude each other; keep the one that fits the url')];
  const transport = transportOf(textOf(repository.children.get('url')) ?? '');
  if (transport === null) return [];
  if (token && transport !== 'http')
    return [atKey(token, `\`token\` is for http and https urls; ${insteadOf[transport]}`)];
  if (sshKey && transport !== 'ssh')
    return [atKey(sshKey, `\`ssh_key\` is for ssh urls; ${insteadOf[transport]}`)];
  return [];
}

const insteadOf = {
  http: 'this one needs `token`',
  ssh: 'this one needs `ssh_key`',
  git: 'this one takes no credential',
  file: 'this one takes no credential',
} as const;

function checkApp(app: Located, repositories: readonly string[] | null): Finding[] {
  const environments = childAt(app, 'environments');
  const names = environments ? entriesOf(environments).map(([name]) => name) : null;
  return [
    ...checkRepository(childAt(app, 'repository'), repositories),
    ...checkSteps(childAt(app, 'steps'), names),
    ...checkVariables(app),
    ...(isEmptyMapping(environments)
      ? [atKey(environments, `app \`${app.place}\` has no environments`)]
      : []),
    ...entriesOf(environments).flatMap(([, environment]) => checkEnvironment(app, environment, names)),
  ];
}

function checkRepository(repository: Located | undefined, known: readonly string[] | null): Finding[] {
  const name = textOf(repository);
  if (!repository || name === undefined || known === null || known.includes(name)) return [];
  return [
    atValue(
      repository,
      `unknown repository \`${name}\`${suggestion(name, known, '; `repositories` declares none')}`,
    ),
  ];
}

function checkEnvironment(app: Located, environment: Located, names: readonly string[] | null): Finding[] {
  return [
    ...checkSteps(childAt(environment, 'steps'), names),
    ...checkSomethingRuns(app, environment),
    ...checkVariables(environment),
    ...checkChecks(environment),
  ];
}

function checkSteps(steps: Located | undefined, environments: readonly string[] | null): Finding[] {
  return itemsOf(steps).flatMap((step) => [...checkCommand(step), ...checkOnly(step, environments)]);
}

function checkCommand(step: Located): Finding[] {
  const run = step.children.get('run');
  const argv = step.children.get('argv');
  if (run && argv) return [atKey(argv, 'a step has either `run` or `argv`, not both')];
  if (run || argv || hasMisspelt(step, 'run') || hasMisspelt(step, 'argv')) return [];
  if (!isMapping(step)) return [];
  return [atKey(step, 'a step needs `run` (a script) or `argv` (a command and its arguments)')];
}

function checkOnly(step: Located, environments: readonly string[] | null): Finding[] {
  return itemsOf(childAt(step, 'only')).flatMap((item) => {
    const name = textOf(item);
    if (name === undefined || environments === null || environments.includes(name)) return [];
    return [atValue(item, `unknown environment \`${name}\`${suggestion(name, environments)}`)];
  });
}

function checkSomethingRuns(app: Located, environment: Located): Finding[] {
  const steps = childAt(environment, 'steps') ?? childAt(app, 'steps');
  const name = String(environment.place);
  if (!steps && (hasMisspelt(app, 'steps') || hasMisspelt(environment, 'steps'))) return [];
  if (!steps) return [atKey(environment, `environment \`${name}\` has no steps, and neither has its app`)];
  if (itemsOf(steps).length === 0 || itemsOf(steps).some((step) => runsIn(step, name))) return [];
  return [atKey(environment, `environment \`${name}\` has no steps: \`only\` leaves none for it`)];
}

function runsIn(step: Located, environment: string): boolean {
  const only = childAt(step, 'only');
  return !only || itemsOf(only).some((item) => textOf(item) === environment);
}

function checkVariables(level: Located): Finding[] {
  const env = childAt(level, 'env');
  return entriesOf(childAt(level, 'secrets')).flatMap(([name, secret]) =>
    env?.children.has(name) ? [atKey(secret, `\`${name}\` stands under \`env\` too; keep one`)] : [],
  );
}

function checkChecks(environment: Located): Finding[] {
  const required = itemsOf(childAt(environment, 'required_checks')).map(textOf);
  return itemsOf(childAt(environment, 'optional_checks')).flatMap((item) =>
    required.includes(textOf(item))
      ? [atValue(item, `\`${textOf(item)}\` stands under \`required_checks\` too; keep one`)]
      : [],
  );
}

function isMapping(located: Located | undefined): located is Located {
  return typeof located?.value === 'object' && located.value !== null && !Array.isArray(located.value);
}

function isEmptyMapping(located: Located | undefined): located is Located {
  return isMapping(located) && located.children.size === 0;
}
