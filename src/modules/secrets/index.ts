export { registerSecretRoutes } from './routes.ts';
export { resolveReference, resolveReferences, type SecretSource } from './secrets.ts';
