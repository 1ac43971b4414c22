import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { registerAuditRoutes } from '../modules/audit/index.ts';
import { registerAuthRoutes } from '../modules/auth/index.ts';
import { registerCiEnvironmentRoutes } from '../modules/ciEnvironments/index.ts';
import { registerDeployRoutes, releaseWaiting, runnerCapacity } from '../modules/deploys/index.ts';
import { type AuthenticateJob, registerGitRoutes } from '../modules/gitserver/index.ts';
import { registerLockRoutes } from '../modules/locks/index.ts';
import { registerOverviewRoutes } from '../modules/overview/index.ts';
import { registerProjectRoutes } from '../modules/projects/index.ts';
import { registerProvisioningRoutes } from '../modules/provisioning/index.ts';
import { registerRunnerProtocol, registerRunnerTokenRoutes } from '../modules/remoteRunners/index.ts';
import { registerRepositoryRoutes } from '../modules/repositories/index.ts';
import { authenticateJob, openPlanner, registerRunRoutes } from '../modules/runs/index.ts';
import { registerSecretRoutes } from '../modules/secrets/index.ts';
import { registerTeamRoutes } from '../modules/teams/index.ts';
import { registerWorkflowValueRoutes } from '../modules/variables/index.ts';
import { registerWebhookReceiver, registerWebhookRoutes } from '../modules/webhooks/index.ts';
import { registerDocumentation } from '../platform/http/documentation.ts';
import { createRouter, type Router } from '../platform/http/router.ts';
import { createServer, listen } from '../platform/http/server.ts';
import { registerWebApp } from '../platform/http/webApp.ts';
import { packageRoot } from '../platform/settings.ts';
import { authenticateRequest } from './authenticateRequest.ts';
import type { Core } from './core.ts';
import { declaredFiles, provisioningOf } from './declaredFiles.ts';
import { jobGatewayOf } from './jobGateway.ts';
import { createJobServices } from './jobServices.ts';
import { machineToken } from './machineToken.ts';
import { runsContextOf } from './runsContext.ts';
import { registerSystemRoutes } from './systemRoutes.ts';

export interface WebService {
  readonly server: FastifyInstance;
  readonly router: Router;
  /** The address it listens on. */
  readonly address: string;
  close(): Promise<void>;
}

/** Serves the HTTP API and the web app. */
export async function startWeb(core: Core): Promise<WebService> {
  const { server, router } = await buildWeb(core, { validateResponses: false });
  const address = await listen(server, core.settings.host, core.settings.port);
  return { server, router, address, close: () => server.close() };
}

/** The server with all its routes, not listening yet. */
export async function buildWeb(
  core: Core,
  options: { validateResponses: boolean; authenticateJob?: AuthenticateJob },
): Promise<{ server: FastifyInstance; router: Router }> {
  const { db, feed, paths, history, shutdown, settings, now } = core;
  const publicUrl = settings.urlPrefix;
  const server = await createServer(core.log);
  const credentials = {
    machineToken: await machineToken(paths),
    publicOrigin: new URL(publicUrl).origin,
  };
  const router = createRouter(server, {
    db,
    now,
    authenticate: (request) => authenticateRequest(db, credentials, request, now()),
    validateResponses: options.validateResponses,
  });
  registerHealth(server, core);
  registerSystemRoutes(router, core);
  registerAuthRoutes(router, db, {
    passwords: core.passwords,
    secureCookies: publicUrl.startsWith('https:'),
    machineToken: credentials.machineToken,
  });
  registerTeamRoutes(router, db);
  registerProjectRoutes(router, db, { box: core.secrets.box, urlPrefix: publicUrl });
  registerAuditRoutes(router, db);
  registerSecretRoutes(router, core.secrets);
  registerWorkflowValueRoutes(router, core.secrets);
  registerCiEnvironmentRoutes(router, db);
  registerRepositoryRoutes(router, db, history, publicUrl);
  registerWebhookRoutes(router, { db, box: core.secrets.box, urlPrefix: publicUrl });
  registerWebhookReceiver(server, { db, box: core.secrets.box, now });
  registerLockRoutes(router, db, releaseWaiting);
  registerDeployRoutes(router, { db, history, paths, publicUrl, shutdown });
  const planner = openPlanner({ threads: 2 });
  server.addHook('onClose', () => planner.close());
  registerRunRoutes(router, { ...runsContextOf(core, planner), history, shutdown });
  registerOverviewRoutes(router, { db, feed, history, publicUrl, shutdown });
  registerProvisioningRoutes(router, provisioningOf(core), publicUrl, declaredFiles(core));
  await registerGitRoutes(server, {
    ...{ db, now, paths, publicUrl, credentials, log: core.log, pushLimitBytes: settings.pushLimitBytes },
    authenticateJob: options.authenticateJob ?? ((token) => authenticateJob(db, token)),
  });
  registerRunnerTokenRoutes(router, db);
  await registerRunnerProtocol(server, {
    ...{ db, now, feed, shutdown, log: core.log, jobLog: paths.jobLog },
    gateway: jobGatewayOf(core),
    services: createJobServices(paths),
  });
  registerDocumentation(server, router, publicUrl);
  await registerWebApp(server, join(packageRoot, 'dist', 'web'));
  return { server, router };
}

/** Ready to work means: the database answers and a runner is alive. */
function registerHealth(server: FastifyInstance, core: Core): void {
  server.get('/healthz', async (_request, reply) => {
    const capacity = await runnerCapacity(core.db).catch(() => undefined);
    const problem =
      capacity === undefined
        ? 'the database does not answer'
        : capacity.alive === 0
          ? 'no runner is alive'
          : undefined;
    return reply.code(problem === undefined ? 200 : 503).send({
      status: problem === undefined ? 'ok' : 'unavailable',
      ...(problem ? { problem } : {}),
      runners: capacity?.alive ?? 0,
    });
  });
}
