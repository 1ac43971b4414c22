export {
  deleteTeams,
  insertTeams,
  joinTeams,
  selectTeamFacts,
  selectTeamsOfUser,
  updateTeams,
} from './fixtureStore.ts';
export { registerTeamRoutes } from './routes.ts';
export { type DirectoryLock, lockDirectory } from './store.ts';
export { addToTeam, ensureTeam, findTeam } from './teams.ts';
