export { type FetchedHead, fetchHeadOf, forgetHeadOf } from './changeHeads.ts';
export { type FetchContext, fetchNext } from './fetchNext.ts';
export { type History, openHistory, presentCommit } from './history.ts';
export { historyPage } from './historyPage.ts';
export { assertMayWorkOn, mayWorkOn } from './mayWorkOn.ts';
export { askForFetch, findRepository, saveRepository } from './repositories.ts';
export { registerRepositoryRoutes } from './routes.ts';
export { type RepositoryRow, selectRepositories, selectRepositoryById as repositoryById } from './store.ts';
