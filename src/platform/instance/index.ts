export { claimDataDirectory, type DataDirectoryClaim } from './claimDataDirectory.ts';
export { dataDirectoryError } from './dataDirectoryError.ts';
export { makeDataDirectory } from './makeDataDirectory.ts';
export { type Occupant, readOccupant } from './occupant.ts';
