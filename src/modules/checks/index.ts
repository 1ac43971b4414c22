export { checksOf, reportCheck } from './checks.ts';
