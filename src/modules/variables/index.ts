export { registerWorkflowValueRoutes } from './routes.ts';
export { type JobPlace, secretsForJob, variablesForJob } from './valuesForJob.ts';
