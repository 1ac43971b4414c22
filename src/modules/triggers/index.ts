export { announcePush, forgetAnnouncements } from './announcePush.ts';
export { type FoundRefs, recordRefChanges } from './recordRefChanges.ts';
export { recordTrigger } from './recordTrigger.ts';
export {
  finishTrigger,
  knownSha,
  leaseTriggers,
  postponeTrigger,
  renewTriggers,
  selectTrigger as triggerById,
} from './store.ts';
export type { NewTrigger, TriggerRow } from './triggers.ts';
