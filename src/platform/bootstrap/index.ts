export {
  type BootstrapOptions,
  type BootstrapProgress,
  type BootstrapResult,
  bootstrapDatabase,
} from './bootstrapDatabase.ts';
export { bootstrapOwnDatabase, type OwnBootstrapResult } from './bootstrapOwnDatabase.ts';
export type { Target } from './connect/session.ts';
export { type DumpSource, fileDump, streamDump } from './dump/dumpSource.ts';
export { describeFailure, type Upgrade, type UpgradeResult } from './runUpgrade.ts';
