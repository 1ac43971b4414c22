export { type DsnParts, formatDsn } from './dsn.ts';
export {
  advancePublicIds,
  deleteProjects,
  insertKeys,
  insertProjects,
  type KeyFactsRow,
  selectKeyFacts,
  selectProjectFacts,
  selectRevokedKeys,
  updateKeys,
  updateProjects,
} from './fixtureStore.ts';
export { type NewKeyPair, newKeyPair, openKeySecret, sealKeySecret } from './keySecrets.ts';
export { registerProjectRoutes } from './routes.ts';
