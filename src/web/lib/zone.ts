/** The viewer's time zone by its IANA name. Where a browser knows an offset only, or none, days are those of UTC. */
export function viewerTimeZone(): string {
  const name = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return /^[A-Z]/.test(name ?? '') && name !== 'Etc/Unknown' ? name : 'UTC';
}
