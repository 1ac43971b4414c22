export { registerTeamRoutes } from './routes.ts';
export { addToTeam, ensureTeam } from './teams.ts';
