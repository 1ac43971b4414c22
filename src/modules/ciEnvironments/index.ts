export { environmentRules, findEnvironment } from './environments.ts';
export { registerCiEnvironmentRoutes } from './routes.ts';
export {
  type Admission,
  admitToEnvironment,
  approversOf,
  type EnvironmentRules,
  type JobOrigin,
  mayApprove,
} from './rules.ts';
