import { nearest } from '../../platform/text/nearest.ts';
import { entriesOf, type Located } from './located.ts';

/** Whether a mapping has a key that must have been meant as this one. */
export function hasMisspelt(mapping: Located, key: string): boolean {
  return !mapping.children.has(key) && entriesOf(mapping).some(([found]) => nearest(found, [key]) !== null);
}
