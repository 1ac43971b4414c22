export { type Capture, captureStep } from './captureStep.ts';
export { holdLock } from './holdLock.ts';
export { detectIsolation, type Isolation } from './isolation.ts';
export { killMarked, type MarkedProcess, type Sweep } from './killMarked.ts';
export type { Launcher } from './launcher/launcher.ts';
export { type LauncherProcess, openLauncher } from './launcher/openLauncher.ts';
export { isGone, isWithinSight, killProcess, ownIdentity, type RunnerIdentity } from './machine.ts';
export type { SharedPlace, SharedPlaceOptions } from './place.ts';
export { ReadyPlace } from './readyPlace.ts';
export {
  findUnkept,
  groupName,
  openControlGroup,
  openResourceGroup,
  type ResourceGroup,
  removeGroups,
  usualProcesses,
} from './resourceGroup.ts';
export { type Lingering, type PlacedCommand, type PlacedEnd, runInPlace } from './runInPlace.ts';
export { runStep } from './runStep.ts';
export { openSharedPlace } from './sharedPlace.ts';
export {
  type IsolationChoice,
  markerVariable,
  type StepResult,
  type StepSpec,
} from './step.ts';
export type { StepPlace } from './stepPlace.ts';
export { StepPlaces } from './stepPlaces.ts';
