import type { AnyCommand } from '../command.ts';

/** Commands by the names under which people call them. Each is loaded when it is called, or when all are listed. */
export interface CommandTitle {
  readonly title: string;
  readonly commands: Readonly<Record<string, () => Promise<AnyCommand>>>;
}

/** All commands, in the order and under the titles of the help. */
export const commandTitles: readonly CommandTitle[] = [
  {
    title: 'Look',
    commands: {
      status: async () => (await import('./status.ts')).statusCommand,
      changes: async () => (await import('./changes.ts')).changesCommand,
      deploys: async () => (await import('./deploys.ts')).deploysCommand,
      show: async () => (await import('./show.ts')).showCommand,
      logs: async () => (await import('./logs.ts')).logsCommand,
      why: async () => (await import('./why.ts')).whyCommand,
      stats: async () => (await import('./stats.ts')).statsCommand,
      runs: async () => (await import('./runs.ts')).runsCommand,
      apps: async () => (await import('./apps.ts')).appsCommand,
      events: async () => (await import('./events.ts')).eventsCommand,
    },
  },
  {
    title: 'Ship',
    commands: {
      deploy: async () => (await import('./deploy.ts')).deployCommand,
      rollback: async () => (await import('./rollback.ts')).rollbackCommand,
      redeploy: async () => (await import('./redeploy.ts')).redeployCommand,
      cancel: async () => (await import('./cancel.ts')).cancelCommand,
      start: async () => (await import('./start.ts')).startCommand,
    },
  },
  {
    title: 'Hold',
    commands: {
      lock: async () => (await import('./lock.ts')).lockCommand,
      unlock: async () => (await import('./lock.ts')).unlockCommand,
      locks: async () => (await import('./lock.ts')).locksCommand,
    },
  },
  {
    title: 'Test',
    commands: {
      run: async () => (await import('./run/index.ts')).runCommand,
      workflows: async () => (await import('./workflows.ts')).workflowsCommand,
      workflow: async () => (await import('./workflow/index.ts')).workflowCommand,
    },
  },
  {
    title: 'Set up',
    commands: {
      up: async () => (await import('./up.ts')).upCommand,
      serve: async () => (await import('./up.ts')).serveCommand,
      runner: async () => (await import('./up.ts')).runnerCommand,
      bootstrap: async () => (await import('./bootstrap.ts')).bootstrapCommand,
      plan: async () => (await import('./plan.ts')).planCommand,
      apply: async () => (await import('./apply.ts')).applyCommand,
      fixtures: async () => (await import('./fixtures/index.ts')).fixturesCommand,
      doctor: async () => (await import('./doctor.ts')).doctorCommand,
      runners: async () => (await import('./runners/index.ts')).runnersCommand,
      repos: async () => (await import('./repos/index.ts')).reposCommand,
      webhooks: async () => (await import('./webhooks.ts')).webhooksCommand,
      checks: async () => (await import('./checks.ts')).checksCommand,
      projects: async () => (await import('./projects/index.ts')).projectsCommand,
      secrets: async () => (await import('./secrets/index.ts')).secretsCommand,
      variables: async () => (await import('./variables/index.ts')).variablesCommand,
      environments: async () => (await import('./environments/index.ts')).environmentsCommand,
    },
  },
  {
    title: 'People',
    commands: {
      login: async () => (await import('./login.ts')).loginCommand,
      logout: async () => (await import('./login.ts')).logoutCommand,
      whoami: async () => (await import('./whoami.ts')).whoamiCommand,
      users: async () => (await import('./users.ts')).usersCommand,
      teams: async () => (await import('./teams/index.ts')).teamsCommand,
      token: async () => (await import('./tokens.ts')).tokenCommand,
      audit: async () => (await import('./audit.ts')).auditCommand,
    },
  },
  {
    title: 'This command',
    commands: {
      completion: async () => (await import('./completion.ts')).completionCommand,
      __complete: async () => (await import('./completion.ts')).completeCommand,
      version: async () => (await import('./version.ts')).versionCommand,
    },
  },
];
