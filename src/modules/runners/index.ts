export { endOrphan, type Orphan } from './endOrphan.ts';
export { isDead, ownIdentity, type RunnerIdentity } from './machine.ts';
export { peersOf } from './peersOf.ts';
export {
  aliveSince,
  forgetOldRunners,
  insertRunner,
  leaseSeconds,
  type NewRunner,
  type RunnerKind,
  stopRunner,
  touchRunner,
} from './store.ts';
