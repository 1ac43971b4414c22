export { checksOf, recordJobCheck, reportCheck } from './checks.ts';
export { summariseChecks } from './summariseChecks.ts';
