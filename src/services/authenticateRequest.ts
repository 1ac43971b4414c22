import type { FastifyRequest } from 'fastify';
import { authenticate, type Credentials } from '../modules/auth/index.ts';
import { authenticateJob } from '../modules/runs/index.ts';
import type { Actor } from '../platform/actor.ts';
import type { Db } from '../platform/db/database.ts';
import { AppError } from '../platform/errors.ts';

/** Who sends a request: a person, the operator of this machine, or a job by its own token, which opens next to nothing. */
export async function authenticateRequest(
  db: Db,
  credentials: Credentials,
  request: FastifyRequest,
  now: Date,
): Promise<Actor | undefined> {
  const token = /^Bearer\s+(slj_\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) return authenticate(db, credentials, request, now);
  const user = await authenticateJob(db, token);
  if (user === undefined)
    throw new AppError('unauthenticated', 'this token is of a job that has ended, or of none');
  const { repositoryId } = user.job;
  return { ...user.actor, ip: request.ip, job: { repositoryId, permissions: user.permissions } };
}
