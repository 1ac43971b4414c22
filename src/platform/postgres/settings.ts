/** Server settings (postgresql.conf names). Given on the command line, so that they hold whatever a file says. */
export type PostgresSettings = Record<string, string | number>;

/** For a small server beside Slipway: little memory when idle, few processes, durable commits. */
export const defaultSettings: PostgresSettings = {
  listen_addresses: '',
  port: 5432,
  unix_socket_permissions: '0700',
  max_connections: 60,
  superuser_reserved_connections: 3,
  shared_buffers: '64MB',
  effective_cache_size: '512MB',
  max_wal_size: '256MB',
  random_page_cost: '1.1',
  jit: 'off',
  // Processes that only large or replicated installations need.
  io_method: 'sync',
  max_parallel_workers_per_gather: 0,
  max_logical_replication_workers: 0,
  autovacuum_max_workers: 2,
  // A client that vanished or hangs must not hold its locks for ever.
  idle_in_transaction_session_timeout: '5min',
  client_connection_check_interval: '10s',
  log_destination: 'stderr',
  logging_collector: 'off',
  log_line_prefix: '',
  log_checkpoints: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
};

export function settingArguments(settings: PostgresSettings): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
