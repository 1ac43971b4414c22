import type { Job } from '../../language/index.ts';
import { refuse } from '../refusal.ts';
import type { Ceiling, FilePlan, Planning } from './filePlan.ts';
import { defaultGrants, excess, forFork, type Grants, grantsOf, narrow } from './permissions.ts';

/**
 * What the token of a job may do. Throws `Refusal` when a called workflow asks for more than a `permissions:` of its
 * caller gives it.
 */
export function grantsFor(job: Job, { input }: Planning, file: FilePlan): Grants {
  const own = job.permissions ?? file.workflow.permissions;
  const asked = own === null ? (file.ceiling?.grants ?? defaultGrants) : grantsOf(own);
  const granted = file.ceiling === null ? asked : within(job, asked, file.ceiling, file);
  return input.event.fromFork ? forFork(granted) : granted;
}

function within(
  job: Job,
  asked: Grants,
  { grants, explicit }: Ceiling,
  { call, workflow }: FilePlan,
): Grants {
  const beyond = explicit ? excess(asked, grants) : [];
  if (call === null || beyond.length === 0) return narrow(asked, grants);
  const list = (which: 'asked' | 'allowed') => beyond.map((one) => one[which]).join(', ');
  throw refuse(
    'permissions',
    `job \`${job.id.value}\` of ${workflow.file} asks for ${list('asked')}, but its caller allows ${list('allowed')}`,
    call.file,
    call.uses.at,
  );
}

/** What a call leaves to the workflow that it calls. */
export function ceilingOf(job: Job, grants: Grants, { workflow, ceiling }: FilePlan): Ceiling {
  const explicit = job.permissions !== null || workflow.permissions !== null || ceiling?.explicit === true;
  return { grants, explicit };
}
