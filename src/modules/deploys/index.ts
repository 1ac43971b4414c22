export { releaseWaiting } from './holdDeploys.ts';
export { presentDeploy } from './presentDeploy.ts';
export { recoverDeploys } from './recoverDeploys.ts';
export { type DeployRoutesContext, registerDeployRoutes } from './routes.ts';
export { createRunnerGateway, type GatewayContext } from './runnerGateway.ts';
export {
  deploysPerRunner,
  runnerCapacity,
} from './runnerStore.ts';
export {
  type CurrentRow,
  type DeployRow,
  selectCurrent as currentDeploys,
  selectEstimates as estimatesOf,
} from './store.ts';
