export { createGrowingMasks, createMasker, type GrowingMasks, type Masker } from './masker.ts';
export { isMaskable, shortestSecretBytes } from './secretForms.ts';
