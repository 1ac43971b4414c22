export { endOrphan, type Orphan } from './endOrphan.ts';
export { peersOf } from './peersOf.ts';
export {
  aliveSince,
  forgetOldRunners,
  insertRunner,
  leaseSeconds,
  type NewRunner,
  type RunnerKind,
  selectLiveRunners,
  stopRunner,
  touchRunner,
} from './store.ts';
