export { actionCacheDirectory, actionPlaces, cachesDirectory } from './actionPlaces.ts';
export type { ActionSource, FoundAction, FoundWorkflow } from './actionSource.ts';
export { hashFiles } from './hashing/hashFiles.ts';
export { type ActionSourceOptions, openActionSource } from './openActionSource.ts';
export { type KeptArtifact, listArtifacts } from './services/artifacts.ts';
export { type ServiceOptions, type Services, startServices } from './services/startServices.ts';
