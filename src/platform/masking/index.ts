export { createMasker, type Masker } from './masker.ts';
export { isMaskable, shortestSecretBytes } from './secretForms.ts';
