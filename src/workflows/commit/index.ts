export { answerOf, askGit } from './askGit.ts';
export { changedFilesOf } from './changedFilesOf.ts';
export { type CommitGround, type CommitTrigger, workflowsDirectory } from './commitGround.ts';
export { expectedJobs } from './expectedJobs.ts';
export { findMissingActions } from './findMissingActions.ts';
export { gatherCalled, type ReadFile, type WorkflowFile } from './gatherCalled.ts';
export { type CommitRun, planCommit, withReasons } from './planCommit.ts';
export { readCommitFacts } from './readCommitFacts.ts';
export { type SurveyedWorkflow, surveyCommit, type Verdict } from './surveyCommit.ts';
