import { assertAccess } from '../../platform/actor.ts';
import { AppError } from '../../platform/errors.ts';
import { redact } from '../../platform/git/index.ts';
import { assertMayWorkOn, isHosted, type RepositoryRow } from '../repositories/index.ts';
import type { GitUser } from './gitUser.ts';

export type Service = 'read' | 'push';

/** Throws unless this user may do that to some repository; asked before it is told which ones there are. */
export function assertMaySpeak({ actor, job }: GitUser, service: Service): void {
  if (job !== undefined) {
    if (job.contents === 'write' || (job.contents === 'read' && service === 'read')) return;
    throw new AppError(
      'forbidden',
      `the token of this job may not ${service}: give the job \`permissions: { contents: ${service === 'push' ? 'write' : 'read'} }\``,
    );
  }
  assertAccess(
    actor,
    service === 'push' ? { role: 'member', scope: 'deploy' } : { role: 'viewer', scope: 'read' },
  );
}

/** Throws unless this user may do that to this repository, and it can be done. */
export function assertMayUse(user: GitUser, service: Service, repository: RepositoryRow): void {
  if (user.job === undefined && service === 'push') assertMayWorkOn(user.actor, repository, 'push commits');
  const { name, config } = repository;
  if (service === 'push' && config.url !== null) {
    throw new AppError('forbidden', `${name} is a mirror of ${redact(config.url)}; push there`);
  }
  if (!isHosted(repository) && repository.fetched_at === null) {
    throw new AppError('conflict', `${name} is a mirror that was never fetched; try again when it was`);
  }
}
