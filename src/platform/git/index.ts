export { changedFiles } from './changedFiles.ts';
export { fetchChangeHead, forgetChangeHead, keepChangeMerge, keptChangeHead } from './changeHead.ts';
export { type CheckoutRequest, checkoutCommit } from './checkout.ts';
export type { Commit } from './commitFormat.ts';
export { type CommitRange, listCommits, readCommit } from './commits.ts';
export { type Comparison, compareCommits, isAncestor } from './compare.ts';
export { configValue } from './configValue.ts';
export { type Access, type GitCredential, withAccess } from './credentials.ts';
export { configEnvironment } from './environment.ts';
export { fetchCommit } from './fetchCommit.ts';
export {
  explainFetchFailure,
  FetchError,
  type FetchFailure,
  type FetchFailureKind,
  fetchFailureKinds,
} from './fetchFailure.ts';
export {
  fetchSnapshot,
  fullNamesOf,
  type SnapshotRequest,
  type SnapshotResult,
  snapshotRef,
} from './fetchSnapshot.ts';
export { type GitOptions, type GitProcess, runGit, startGit, streamGit } from './git.ts';
export { GitError } from './gitError.ts';
export { createHosted, keepDefaultBranch, tendHosted } from './hosted.ts';
export { layOutCommit } from './layOutCommit.ts';
export { endSync } from './leftovers.ts';
export { keepCommit, maintain, releaseCommit } from './maintain.ts';
export { type Merged, mergeCommits } from './mergeCommits.ts';
export { type SyncResult, syncMirror } from './mirror.ts';
export { type FoundObject, findObjects, hasCommit } from './objects.ts';
export type { FetchProgress } from './progress.ts';
export { pullRequestOf } from './pullRequest.ts';
export { type FileAtCommit, listFilesAt, readFilesAt } from './readFiles.ts';
export { redact } from './redact.ts';
export { refNameProblem } from './refName.ts';
export { type ChangedRef, isBranchOrTag, type RefSnapshot, readRefs } from './refSnapshot.ts';
export { listRefs, type Ref } from './refs.ts';
export { parseRemoteUrl, type Remote } from './remoteUrl.ts';
export { type RefResolution, type ResolvedRef, resolveRef, type UnresolvedRef } from './resolve.ts';
export { assertSha, isSha, shortSha } from './sha.ts';
export { suggestNames } from './suggest.ts';
export type { SyncRequest } from './sync.ts';
