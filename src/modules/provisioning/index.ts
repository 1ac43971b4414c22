export { applyConfiguration } from './applyConfiguration.ts';
export type { ConfigurationFile, Provisioning } from './configurationFile.ts';
export { describePlan } from './describePlan.ts';
export { planConfiguration } from './planConfiguration.ts';
export { registerProvisioningRoutes, type WatchedFiles } from './routes.ts';
