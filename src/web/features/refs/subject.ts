/** The subject of a commit, without the number of its pull request: that stands beside it. */
export function subjectOf({
  subject,
  pull_request,
}: {
  subject: string;
  pull_request: number | null;
}): string {
  const suffix = ` (#${pull_request})`;
  return subject.endsWith(suffix) ? subject.slice(0, -suffix.length) : subject;
}
