/**
 * argv to put before a command that shall not be able to make process namespaces, as in most containers and for
 * ordinary users: the capability that it takes is given up.
 */
export const withoutNamespaces: readonly string[] =
  process.getuid?.() === 0 ? ['setpriv', '--bounding-set', '-sys_admin', '--'] : [];
