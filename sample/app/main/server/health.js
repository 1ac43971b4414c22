/** What the deploy looks at: 200, and which commit this is. */
export function health(release, now) {
  const { sha, environment, startedAt } = release;
  const seconds = Math.round((now - startedAt) / 1000);
  return { status: 200, body: { status: 'ok', sha, environment, up_seconds: seconds } };
}
