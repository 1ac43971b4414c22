export { runJob } from './runJob.ts';
