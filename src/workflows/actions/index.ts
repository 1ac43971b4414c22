export type { ActionSource, FoundAction, FoundWorkflow } from './actionSource.ts';
