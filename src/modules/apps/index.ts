export { type Applied, applyConfiguration } from './applyConfiguration.ts';
export { type App, type Environment, findApp, findEnvironment, listApps, listEnvironments } from './apps.ts';
