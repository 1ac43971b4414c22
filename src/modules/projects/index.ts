export { type DsnParts, formatDsn } from './dsn.ts';
export { type NewKeyPair, newKeyPair, openKeySecret, sealKeySecret } from './keySecrets.ts';
export { registerProjectRoutes } from './routes.ts';
