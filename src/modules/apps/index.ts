export { type App, type Environment, findApp, findEnvironment, listApps, listEnvironments } from './apps.ts';
export { declareApps } from './declareApps.ts';
