export { containerPlace } from './containerPlace.ts';
export {
  askEngine,
  type ContainerEngine,
  clientEnv,
  detectEngine,
  envArguments,
  lastLine,
} from './engine.ts';
export { labelsOf, removeOfJob, sweepContainers } from './owners.ts';
export { pullImage } from './pullImage.ts';
export {
  argumentsOf,
  type ContainerRequest,
  type Mount,
  type RunningContainer,
  startContainer,
} from './startContainer.ts';
export { waitUntilHealthy } from './waitUntilHealthy.ts';
