import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import cookie from '@fastify/cookie';
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { AppError, systemCode } from '../errors.ts';
import type { Logger } from '../log.ts';
import { sendProblem } from './problems.ts';

const bodyLimitBytes = 2 * 1024 * 1024;
/** For the request to arrive whole; what its answer takes does not count. */
const requestTimeoutMs = 60_000;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Its body may take as long as it likes; the route has limits of its own. */
    streamsBody?: boolean;
  }
}

/** A server with our errors, limits and security headers, and no route yet. */
export async function createServer(
  log: Logger,
  limits: { requestTimeoutMs: number } = { requestTimeoutMs },
): Promise<FastifyInstance> {
  const server = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    // A reverse proxy on this machine says who is behind it; anybody else's word for it is not taken.
    trustProxy: 'loopback',
    bodyLimit: bodyLimitBytes,
    genReqId: () => randomUUID(),
    // A path that no route can be looked up for never reaches the error handler.
    frameworkErrors: (error, request, reply) => {
      sendProblem(
        error,
        request as unknown as FastifyRequest,
        headed(reply as unknown as FastifyReply, request.id),
      );
    },
    // Node's own limit knows no routes: `limitBody` stands for it.
    requestTimeout: 0,
    return503OnClosing: true,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 300 },
  });
  await server.register(cookie);
  server.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  server.setNotFoundHandler((request, reply) => sendProblem(noSuchPlace(request), request, reply));
  // Without a request timeout Node would set none for the head either.
  server.server.headersTimeout = limits.requestTimeoutMs;
  server.addHook('onRequest', async (request, reply) => {
    headed(reply, request.id);
    if (request.routeOptions.config.streamsBody !== true) limitBody(request.raw, limits.requestTimeoutMs);
  });
  return server as unknown as FastifyInstance;
}

/** Ends the connection of who sends a body too slowly. */
function limitBody(request: IncomingMessage, limitMs: number): void {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
  if (length === '0' && encoding === undefined) return;
  const timer = setTimeout(() => request.destroy(), limitMs);
  for (const ending of ['end', 'close']) request.once(ending, () => clearTimeout(timer));
}

/** What is said about an address that nothing is at. */
export const noSuchPlace = (request: FastifyRequest): AppError =>
  new AppError('not_found', `there is no ${request.method} ${request.url.split('?')[0]}; see /api/v1/docs`);

const headed = (reply: FastifyReply, requestId: string): FastifyReply =>
  reply.headers(securityHeaders).header('x-request-id', requestId);

// Nothing runs but Slipway's own files, nothing is framed, or sniffed into something else.
const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cache-control': 'no-store',
};

/** Listens; answers the address. A taken port is a plain message with what to do. */
export async function listen(server: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    return await server.listen({ host, port });
  } catch (error) {
    throw explainListen(error, host, port);
  }
}

function explainListen(error: unknown, host: string, port: number): unknown {
  const code = systemCode(error);
  const where = `${host}:${port}`;
  if (code === 'EADDRINUSE') {
    return new AppError(
      'conflict',
      `port ${where} is in use by another program. Stop it, or set SLIPWAY_PORT to another port`,
      { port },
      { cause: error },
    );
  }
  if (code === 'EACCES') {
    return new AppError(
      'forbidden',
      `this user may not listen on ${where}. Set SLIPWAY_PORT to 1024 or more`,
      { port },
      { cause: error },
    );
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new AppError(
      'invalid_input',
      `this machine has no address ${host}. Set SLIPWAY_HOST to 127.0.0.1, to 0.0.0.0 or to one of its own`,
      {},
      { cause: error },
    );
  }
  return error;
}
