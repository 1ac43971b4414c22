export { checkFile, isActionFile } from './checkFile.ts';
export type { FileLibrary } from './fileLibrary.ts';
export { type Rule, rules } from './rules.ts';
