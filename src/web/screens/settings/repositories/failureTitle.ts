const titles: Readonly<Record<string, string>> = {
  not_found: 'No such repository',
  auth: 'The credential is refused',
  network: 'The server cannot be reached',
  timeout: 'The server is too slow',
  not_a_repository: 'No repository at this address',
  corrupt: 'The repository is damaged',
  disk_full: 'The disk is full',
  host_key: 'The host key has changed',
  configuration: 'Its configuration cannot be used',
};

/** The kind of a failed fetch in a few words; what to do is in its message. */
export const failureTitle = (kind: string): string => titles[kind] ?? 'It cannot be fetched';
