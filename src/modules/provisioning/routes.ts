import { api } from '../../contract/index.ts';
import type { Plan, WatchedFile } from '../../contract/provisioning.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Router } from '../../platform/http/router.ts';
import { applyConfiguration } from './applyConfiguration.ts';
import type { ConfigurationFile, Provisioning } from './configurationFile.ts';
import { exportFixtures } from './exportFixtures.ts';
import { planConfiguration } from './planConfiguration.ts';

/** The files that the server was started with. */
export interface WatchedFiles {
  /** Each, compared with what is held now. */
  compare(): Promise<WatchedFile[]>;
  /** Applies each as it is now. */
  apply(actor: Actor): Promise<Plan[]>;
}

export function registerProvisioningRoutes(
  router: Router,
  context: Provisioning,
  publicUrl: string,
  files: WatchedFiles,
): void {
  router.add(api.planConfiguration, ({ body, actor }) => planConfiguration(context, actor, fileOf(body)));
  router.add(api.applyConfiguration, ({ body, actor, now }) =>
    applyConfiguration(context, now, actor, fileOf(body)),
  );
  router.add(api.exportConfiguration, async ({ query, actor, now }) => ({
    text: await exportFixtures(context, publicUrl, now, actor, { secrets: query.secrets ?? false }),
  }));
  router.add(api.watchedFiles, async () => ({ items: await files.compare() }));
  router.add(api.applyWatchedFiles, async ({ actor }) => ({ items: await files.apply(actor) }));
}

function fileOf(
  body: Omit<ConfigurationFile, 'name' | 'createdAs'> & { file: string; created_as?: string | undefined },
): ConfigurationFile {
  const { file, created_as: createdAs, ...rest } = body;
  return { ...rest, name: file, createdAs };
}
