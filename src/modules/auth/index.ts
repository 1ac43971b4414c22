export { authenticate, type Credentials } from './authenticate.ts';
export { registerAuthRoutes } from './routes.ts';
export { deleteExpired as forgetExpiredSessions } from './store.ts';
