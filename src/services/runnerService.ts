import { randomUUID } from 'node:crypto';
import { homedir, hostname, userInfo } from 'node:os';
import { createRunnerGateway, deploysPerRunner } from '../modules/deploys/index.ts';
import { leaseSeconds } from '../modules/runners/index.ts';
import { type IsolationChoice, ownIdentity } from '../platform/processes/index.ts';
import { runDeploy } from '../runner/runDeploy.ts';
import { type Runner, startRunner } from '../runner/runner.ts';
import type { Core } from './core.ts';

/** A runner on the database itself. */
export function startRunnerService(core: Core, isolation: IsolationChoice = 'auto'): Promise<Runner> {
  const gateway = createRunnerGateway({
    db: core.db,
    now: core.now,
    paths: core.paths,
    secrets: core.secrets,
    feed: core.feed,
    publicUrl: core.settings.urlPrefix,
  });
  const inherited = inheritedEnvironment(process.env);
  return startRunner({
    info: { id: randomUUID(), host: hostname(), pid: process.pid, identity: { ...ownIdentity() } },
    gateway,
    run: (assignment, place) => runDeploy(assignment, { ...place, gateway, isolation, inherited }),
    log: core.log,
    workspaces: core.paths.workspaces,
    capacity: deploysPerRunner,
    leaseMs: leaseSeconds * 1000,
  });
}

/** All that a step gets from the runner's own environment: never its keys, nor the address of its database. */
function inheritedEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const { username, shell } = userInfo();
  return {
    PATH: environment.PATH || '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: homedir(),
    USER: username,
    LOGNAME: username,
    SHELL: shell ?? '/bin/sh',
    LANG: environment.LANG || 'C.UTF-8',
  };
}
