import { isDeepStrictEqual } from 'node:util';
import type { AppConfig, Configuration, RepositoryConfig } from '../../contract/configuration.ts';
import type { PlanChange, PlanItem } from '../../contract/provisioning.ts';
import { redact } from '../../platform/git/index.ts';
import { changeOf, planItem } from './drafts.ts';

/** What is declared by now, by name. */
export interface DeclaredFacts {
  readonly repositories: ReadonlyMap<string, RepositoryConfig>;
  readonly apps: ReadonlyMap<string, AppConfig>;
}

/** The difference between the repositories and apps of a file and those that are declared. Pure. */
export function planApps(facts: DeclaredFacts, configuration: Configuration): PlanItem[] {
  return [
    ...configuration.repositories.flatMap((repository) =>
      differences(
        { kind: 'repository', name: repository.name },
        facts.repositories.get(repository.name),
        repository,
        () => changesOf(facts.repositories.get(repository.name), repository),
      ),
    ),
    ...configuration.apps.flatMap((app) =>
      differences({ kind: 'app', name: app.name }, facts.apps.get(app.name), app, () =>
        changesOfApp(facts.apps.get(app.name), app),
      ),
    ),
  ];
}

function differences(
  item: Pick<PlanItem, 'kind' | 'name'>,
  stored: object | undefined,
  declared: object,
  changes: () => PlanChange[],
): PlanItem[] {
  if (stored === undefined) return [planItem('create', { ...item, changes: changes() })];
  return isDeepStrictEqual(stored, declared) ? [] : [planItem('change', { ...item, changes: changes() })];
}

function changesOfApp(stored: AppConfig | undefined, declared: AppConfig): PlanChange[] {
  const { environments: before = [], ...storedRest } = stored ?? {};
  const { environments: after, ...declaredRest } = declared;
  const was = new Map(before.map((environment) => [environment.name, environment]));
  const willBe = new Map(after.map((environment) => [environment.name, environment]));
  return [
    ...changesOf(stored && storedRest, declaredRest),
    ...after.flatMap((environment) => {
      const known = was.get(environment.name);
      if (known === undefined) return changeOf('environment', null, environment.name);
      return changesOf(known, environment).map((change) => ({
        ...change,
        field: `environments.${environment.name}.${change.field}`,
      }));
    }),
    ...before
      .filter((environment) => !willBe.has(environment.name))
      .flatMap((environment) => changeOf('environment', environment.name, null)),
  ];
}

/** What differs, key by key; of something new, what a line can show of it. */
function changesOf(stored: object | undefined, declared: object): PlanChange[] {
  const before = new Map(Object.entries(stored ?? {}));
  return Object.entries(declared).flatMap(([field, to]) => {
    const from: unknown = before.get(field);
    if (field === 'name' || isDeepStrictEqual(from, to)) return [];
    if (stored === undefined && readable(to) === null) return [];
    return [{ field, from: readable(from), to: readable(to) }];
  });
}

/** A value that fits on a line; of others only their name is told. */
function readable(value: unknown): string | null {
  if (typeof value === 'string') return redact(value);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}
