export type { EmbeddedPostgres, PostgresExit } from './embeddedPostgres.ts';
export type { PostgresSettings } from './settings.ts';
export { type EmbeddedPostgresOptions, startEmbeddedPostgres } from './startEmbeddedPostgres.ts';
