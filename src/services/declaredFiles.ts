import { type FSWatcher, watch } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Plan, planChanges, type WatchedFile } from '../contract/provisioning.ts';
import { readConfigurationFile, referenceValues } from '../modules/configuration/index.ts';
import {
  applyConfiguration,
  type ConfigurationFile,
  describePlan,
  type Provisioning,
  planConfiguration,
  type WatchedFiles,
} from '../modules/provisioning/index.ts';
import { type Actor, systemActor } from '../platform/actor.ts';
import { AppError } from '../platform/errors.ts';
import { appendEvent } from '../platform/events/events.ts';
import { repeat } from '../platform/repeat.ts';
import type { Core } from './core.ts';

/** What plans and applies configuration files for this process. */
export const provisioningOf = (core: Core): Provisioning => ({
  db: core.db,
  passwords: core.passwords,
  box: core.secrets.box,
  urlPrefix: core.settings.declaredUrlPrefix,
});

/** Applies the slipway.yml and the fixture file that the settings name. Throws when one has problems. */
export async function applyDeclaredFiles(core: Core): Promise<void> {
  for (const plan of await declaredFiles(core).apply(systemActor)) report(core, plan);
}

function report({ log }: Core, plan: Plan): void {
  const { file, counts, items } = plan;
  for (const item of items) {
    if (item.action === 'skip')
      log.warn({ file, line: item.line }, `skipped ${item.kind} ${item.name}: ${item.reason}`);
  }
  for (const warning of plan.warnings) log.warn({ file }, warning);
  if (planChanges(plan)) log.info({ file, counts }, 'configuration applied');
}

/** The files that the settings name, compared and applied on demand. */
export function declaredFiles(core: Core): WatchedFiles {
  const names = namesOf(core);
  const provisioning = provisioningOf(core);
  return {
    compare: () => Promise.all(names.map((name) => compare(provisioning, name))),
    apply: async (actor: Actor) => {
      const plans: Plan[] = [];
      for (const name of names) {
        plans.push(await applyConfiguration(provisioning, core.now(), actor, await readDeclaredFile(name)));
      }
      return plans;
    },
  };
}

const namesOf = ({ settings: { configFile, fixturesFile } }: Core): string[] => [
  ...new Set([configFile, fixturesFile].filter((name) => name !== undefined)),
];

async function compare(provisioning: Provisioning, name: string): Promise<WatchedFile> {
  try {
    const plan = await planConfiguration(provisioning, systemActor, await readDeclaredFile(name));
    return { file: name, plan, problem: null };
  } catch (error) {
    if (error instanceof AppError) return { file: name, plan: null, problem: error.message };
    throw error;
  }
}

/** A file of the server's own: its references are those of the server's environment and files. */
async function readDeclaredFile(name: string): Promise<ConfigurationFile> {
  const text = await readConfigurationFile(resolve(name));
  const values = await referenceValues(text, process.env);
  return { text, name, values, prune: false, replace: false };
}

const lookAgainMs = 30_000;

/**
 * Notices when one of these files changes, and says what would change; with `SLIPWAY_WATCH` applies it. A file that
 * an editor or a mounted volume replaces is another file under the same name: so its directory is watched, and
 * what the kernel does not tell is seen at the next look.
 */
export function watchDeclaredFiles(core: Core): { close(): Promise<void> } {
  const names = namesOf(core);
  if (names.length === 0) return { close: async () => {} };
  const files = declaredFiles(core);
  let told = '';
  const look = repeat('configuration', lookAgainMs, core.log, async () => {
    const found = await files.compare();
    const news = JSON.stringify(found);
    if (news === told) return;
    if (core.settings.watch && found.some(differs))
      for (const plan of await files.apply(systemActor)) report(core, plan);
    else for (const file of found) tell(core, file);
    if (told !== '' || found.some(isPending)) await announce(core);
    // Only now: what could not be applied is tried again.
    told = news;
  });
  const watchers = [...new Set(names.map((name) => dirname(resolve(name))))].flatMap((directory) =>
    watchDirectory(directory, () => look.wake()),
  );
  return {
    close: async () => {
      for (const watcher of watchers) watcher.close();
      await look.stop();
    },
  };
}

const differs = ({ plan }: WatchedFile): boolean => plan !== null && planChanges(plan);
const isPending = (file: WatchedFile): boolean => file.problem !== null || differs(file);

/** So that who looks at what is pending sees it change. Which files these are is for admins to know. */
async function announce({ db, now }: Core): Promise<void> {
  const event = { kind: 'configuration.file_changed', subject: 'files', actor: systemActor.name };
  await db.transaction((tx) => appendEvent(tx, now(), event));
}

function watchDirectory(directory: string, changed: () => void): FSWatcher[] {
  try {
    const watcher = watch(directory, changed);
    // A directory that goes away ends its watch; the slow look goes on.
    watcher.on('error', () => watcher.close());
    return [watcher];
  } catch {
    return [];
  }
}

function tell({ log }: Core, { file, plan, problem }: WatchedFile): void {
  if (problem !== null) log.warn({ file, problem }, `${file} has problems; what it said before stays`);
  else if (plan !== null && planChanges(plan)) {
    const how = 'see it with `slipway plan --pending`, do it with `slipway apply --pending`';
    log.warn({ file, changes: describePlan(plan) }, `${file} differs from what is held: ${how}`);
  }
}
