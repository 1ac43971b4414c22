export { createMasker, type Masker } from './masker.ts';
export { isMaskable } from './secretForms.ts';
