export { authenticate, type Credentials } from './authenticate.ts';
export {
  type AdminInput,
  findFixtureAdmin,
  type StoredAdmin,
  saveFixtureAdmin,
} from './fixtureAdmin.ts';
export { registerAuthRoutes } from './routes.ts';
export { needsSetUp, setUpCode } from './setUp.ts';
export { signInByToken } from './signInByToken.ts';
export { deleteExpired as forgetExpiredSessions } from './store.ts';
