/** Where frameworks and tools record which migrations ran, by the names they give it unless told otherwise. */
export const knownMigrationsTables: ReadonlySet<string> = new Set([
  'schema_migrations', // Rails, Phoenix, golang-migrate, dbmate, Slipway
  'django_migrations',
  'south_migrationhistory', // Django before 1.7
  'alembic_version',
  'migrate_version', // SQLAlchemy-migrate
  'flyway_schema_history',
  'schema_version', // Flyway before 5
  'databasechangelog', // Liquibase
  'knex_migrations',
  '_prisma_migrations',
  'pgmigrations', // node-pg-migrate
  'migrations', // TypeORM, Laravel, db-migrate
  'typeorm_migrations',
  'mikro_orm_migrations',
  '__drizzle_migrations',
  'kysely_migration',
  'SequelizeMeta',
  '__EFMigrationsHistory',
  '_sqlx_migrations',
  '__diesel_schema_migrations',
  'seaql_migrations',
  'refinery_schema_history',
  'goose_db_version',
  'gorp_migrations', // sql-migrate
  'atlas_schema_revisions',
  'doctrine_migration_versions',
  'migration_versions', // Doctrine before 3
  'phinxlog',
  'ecto_schema_migrations',
  'yoyo_migrations',
  '_yoyo_migration',
  'piccolo_migration',
  'aerich',
  'schemaversions', // DbUp
  'VersionInfo', // FluentMigrator
  'play_evolutions',
  'ragtime_migrations',
  'hdb_version', // Hasura
  'graphile_migrate',
]);
