/** The keys that may stand in `admin`, all required. */
export const adminKeys = ['username', 'email', 'password'] as const;

/** The keys that may stand in a team. */
export const teamKeys = ['name', 'slug', 'projects'] as const;

/** The keys that may stand in a project of a list. */
export const projectKeys = ['name', 'dsn', 'platform', 'slug'] as const;
