export { type OverviewContext, registerOverviewRoutes } from './routes.ts';
