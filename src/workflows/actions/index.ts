export type { ActionSource, FoundAction, FoundWorkflow } from './actionSource.ts';
export { hashFiles } from './hashing/hashFiles.ts';
