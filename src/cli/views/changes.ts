import type { z } from 'zod';
import type { Change, ChangesSummary } from '../../contract/deploys.ts';
import { assertNever } from '../../platform/errors.ts';
import type { Output } from '../output/output.ts';
import type { Cell } from '../output/table.ts';

type Summary = z.infer<typeof ChangesSummary>;

/** How a candidate stands to what is live, in words. */
export function writeRelation(summary: Summary): string {
  const { relation, out, away } = summary;
  switch (relation) {
    case 'initial':
      return `the first deploy here: ${commits(out)}`;
    case 'same':
      return 'nothing to ship: it is live already';
    case 'forward':
      return `${commits(out)} ${out === 1 ? 'goes' : 'go'} out`;
    case 'backward':
      return `goes back ${commits(away)}`;
    case 'diverged':
      return `the histories part: ${commits(out)} ${out === 1 ? 'goes' : 'go'} out, and ${commits(away)} ${away === 1 ? 'is' : 'are'} taken away`;
    case 'unrelated':
      return `the histories have nothing in common: ${commits(out)} replace ${commits(away)}`;
    default:
      return assertNever(relation);
  }
}

export const commits = (count: number): string =>
  `${count.toLocaleString('en')} commit${count === 1 ? '' : 's'}`;

/** `harbor → staging: 3 commits go out`, and from which commit to which. */
export function printSummary(
  out: Output,
  target: { app: string; environment: string },
  summary: Summary,
): void {
  const arrow = out.terminal.unicode ? '→' : '->';
  const { candidate, live_sha } = summary;
  const from = live_sha === null ? '' : `${live_sha.slice(0, 8)} ${arrow} `;
  const to = candidate.sha.slice(0, 8);
  const ref = candidate.sha.startsWith(candidate.ref) ? '' : ` ${candidate.ref}`;
  const head = out.paint('bold', `${target.app} ${arrow} ${target.environment}`);
  out.line(`${head}: ${writeRelation(summary)}  ${out.paint('dim', `(${from}${to}${ref})`)}`);
}

/** Commits that go out (+) and are taken away (-). What does not affect the app is dimmed, and in parentheses. */
export function printChanges(out: Output, changes: readonly Change[]): void {
  if (changes.length === 0) return;
  const withPullRequests = changes.some((change) => writePullRequest(change) !== '');
  const columns = [
    { title: '' },
    { title: 'SHA' },
    { title: 'WHAT', flexible: true },
    ...(withPullRequests ? [{ title: 'PR', align: 'right' as const }] : []),
    { title: 'AUTHOR', flexible: true },
    { title: 'AGE' },
  ];
  const rows = changes.map((change) => changeCells(change, withPullRequests, out));
  out.table(columns, rows);
  if (changes.some((change) => !change.affects_app)) {
    out.line(out.paint('dim', '(in parentheses: does not touch the paths of the app)'));
  }
}

function changeCells(change: Change, withPullRequests: boolean, out: Output): Cell[] {
  const texts = [
    change.sha.slice(0, 8),
    change.subject,
    ...(withPullRequests ? [writePullRequest(change)] : []),
    change.author_name,
    out.time(change.authored_at),
  ];
  const [sign, style] = change.direction === 'out' ? (['+', 'green'] as const) : (['-', 'red'] as const);
  const mark: Cell = change.affects_app ? { text: sign, style } : { text: `(${sign})`, style: 'dim' };
  return [mark, ...texts.map((text): Cell => (change.affects_app ? text : { text, style: 'dim' }))];
}

/** The number, unless the subject tells it already. */
function writePullRequest({ pull_request, subject }: Change): string {
  const text = `#${pull_request}`;
  return pull_request === null || subject.includes(text) ? '' : text;
}
