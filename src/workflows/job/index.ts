export { notWritten } from './files/notWritten.ts';
export { runJob } from './runJob.ts';
