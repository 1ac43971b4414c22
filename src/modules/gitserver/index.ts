export type { AuthenticateJob, GitUser } from './gitUser.ts';
export { type ReconcileContext, reconcileNext } from './reconcileNext.ts';
export { type GitServerContext, registerGitRoutes } from './routes.ts';
export { askForLooks } from './store.ts';
