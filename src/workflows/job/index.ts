export { notWritten } from './files/notWritten.ts';
export { readyPlaceFor } from './phases/openPlace.ts';
export { runJob } from './runJob.ts';
