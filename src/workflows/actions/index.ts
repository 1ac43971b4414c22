export { actionCacheDirectory, actionPlaces, cachesDirectory } from './actionPlaces.ts';
export type { ActionSource, FoundAction, FoundWorkflow } from './actionSource.ts';
export { hashFiles } from './hashing/hashFiles.ts';
export { type ActionSourceOptions, openActionSource } from './openActionSource.ts';
export { type KeptArtifact, listArtifacts } from './services/artifacts.ts';
export { mayAskServices } from './services/mayAskServices.ts';
export { type ProxyOptions, proxyServices } from './services/proxyServices.ts';
export { openServiceDesk, type ServiceDesk } from './services/serviceDesk.ts';
export { type ServiceOptions, type Services, startServices } from './services/startServices.ts';
