export type { JobServices, ServedJob } from './jobServices.ts';
export { type RunnerProtocolContext, registerRunnerProtocol } from './protocolRoutes.ts';
export { registerRunnerTokenRoutes } from './routes.ts';
