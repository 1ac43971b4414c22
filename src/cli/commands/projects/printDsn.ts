import type { ProjectDetail, ProjectKey } from '../../../contract/projects.ts';
import { AppError } from '../../../platform/errors.ts';
import type { Output } from '../../output/output.ts';

/** A DSN on a line of its own, to be copied. It is not cut, however narrow the terminal is. */
export function printNewDsn(out: Output, project: string, key: Pick<ProjectKey, 'dsn'>): void {
  out.line(key.dsn ?? '');
  out.note(out.paint('dim', `With its secret key: slipway projects show ${project} --secret`));
}

/** The DSN, or the one with the secret. Throws when there is none, or when it is not for the caller. */
export function requireDsn(
  project: ProjectDetail,
  from: Pick<ProjectKey, 'dsn' | 'secret_dsn'>,
  withSecret: boolean,
): string {
  if (from.dsn === null) {
    throw new AppError(
      'not_found',
      `no key of project ${project.slug} is accepted; make one: slipway projects rotate ${project.slug}`,
    );
  }
  if (!withSecret) return from.dsn;
  if (from.secret_dsn !== null) return from.secret_dsn;
  throw project.may_change
    ? new AppError(
        'not_found',
        `no secret is shown: the key of project ${project.slug} has none that this SLIPWAY_SECRET_KEY opens, or this token lacks the scope "deploy"`,
      )
    : new AppError(
        'forbidden',
        `secrets of project ${project.slug} are for members of team ${project.team} and admins`,
      );
}
