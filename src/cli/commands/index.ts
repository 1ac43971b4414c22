import type { AnyCommand } from '../command.ts';
import { applyCommand } from './apply.ts';
import { appsCommand } from './apps.ts';
import { auditCommand } from './audit.ts';
import { bootstrapCommand } from './bootstrap.ts';
import { cancelCommand } from './cancel.ts';
import { changesCommand } from './changes.ts';
import { checksCommand } from './checks.ts';
import { completeCommand, completionCommand } from './completion.ts';
import { deployCommand } from './deploy.ts';
import { deploysCommand } from './deploys.ts';
import { doctorCommand } from './doctor.ts';
import { eventsCommand } from './events.ts';
import { fixturesCommand } from './fixtures/index.ts';
import { lockCommand, locksCommand, unlockCommand } from './lock.ts';
import { loginCommand, logoutCommand } from './login.ts';
import { logsCommand } from './logs.ts';
import { planCommand } from './plan.ts';
import { projectsCommand } from './projects/index.ts';
import { redeployCommand } from './redeploy.ts';
import { reposCommand } from './repos.ts';
import { rollbackCommand } from './rollback.ts';
import { secretsCommand } from './secrets.ts';
import { showCommand } from './show.ts';
import { startCommand } from './start.ts';
import { statsCommand } from './stats.ts';
import { statusCommand } from './status.ts';
import { teamsCommand } from './teams/index.ts';
import { tokenCommand } from './tokens.ts';
import { serveCommand, upCommand } from './up.ts';
import { usersCommand } from './users.ts';
import { versionCommand } from './version.ts';
import { whoamiCommand } from './whoami.ts';
import { whyCommand } from './why.ts';

/** All commands, in the order and under the titles of the help. */
export const commandGroups: readonly { readonly title: string; readonly commands: readonly AnyCommand[] }[] =
  [
    {
      title: 'Look',
      commands: [
        statusCommand,
        changesCommand,
        deploysCommand,
        showCommand,
        logsCommand,
        whyCommand,
        statsCommand,
        appsCommand,
        eventsCommand,
      ],
    },
    {
      title: 'Ship',
      commands: [deployCommand, rollbackCommand, redeployCommand, cancelCommand, startCommand],
    },
    { title: 'Hold', commands: [lockCommand, unlockCommand, locksCommand] },
    {
      title: 'Set up',
      commands: [
        upCommand,
        serveCommand,
        bootstrapCommand,
        planCommand,
        applyCommand,
        fixturesCommand,
        doctorCommand,
        reposCommand,
        checksCommand,
        projectsCommand,
        secretsCommand,
      ],
    },
    {
      title: 'People',
      commands: [
        loginCommand,
        logoutCommand,
        whoamiCommand,
        usersCommand,
        teamsCommand,
        tokenCommand,
        auditCommand,
      ],
    },
    { title: 'This command', commands: [completionCommand, completeCommand, versionCommand] },
  ];
