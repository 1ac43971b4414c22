export { type FetchedHead, fetchHeadOf, forgetHeadOf } from './changeHeads.ts';
export { type FetchContext, fetchNext } from './fetchNext.ts';
export { type History, openHistory, presentCommit } from './history.ts';
export { historyPage } from './historyPage.ts';
export { keepLease, leaseSeconds } from './holdMirror.ts';
export { assertMayWorkOn, mayWorkOn } from './mayWorkOn.ts';
export { askForFetch, findRepository, isHosted, saveRepository } from './repositories.ts';
export { registerRepositoryRoutes } from './routes.ts';
export {
  endFetch,
  leaseFetch,
  type RepositoryRow,
  recordFailure as failFetch,
  selectRepositories,
  selectRepositoryById as repositoryById,
} from './store.ts';
export { sweepDeleted } from './sweepDeleted.ts';
