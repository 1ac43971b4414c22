/**
 * Why a command of psql cannot be part of a load; undefined for those that mean nothing here. pg_dump writes
 * `\restrict` and `\unrestrict` since the releases of August 2025 (CVE-2025-8714).
 */
export function refusalOfCommand(line: string): string | undefined {
  const name = /^\\\S*/.exec(line)?.[0] ?? '\\';
  switch (name) {
    case '\\restrict':
    case '\\unrestrict':
      return undefined;
    case '\\connect':
    case '\\c':
      return `${name} connects to another database: the dump was made with --create (-C). Make it without that option`;
    case '\\.':
      return 'data end here that begin nowhere: a COPY … FROM stdin is missing before it';
    default:
      return `${name} is a command of psql, and no SQL. Take it out, or load the file with psql`;
  }
}
