export { checksOf, reportCheck } from './checks.ts';
export { summariseChecks } from './summariseChecks.ts';
