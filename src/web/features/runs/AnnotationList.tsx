import { Link } from 'wouter';
import type { Annotation } from '../../../contract/runs.ts';
import { StateMark } from '../../ui/StateMark.tsx';
import styles from './annotations.module.css';

interface Shown extends Annotation {
  /** What leads to where it was said: the job or the step. */
  readonly from: string;
  readonly to: string;
}

const marks = {
  error: { state: 'failed', word: 'Error' },
  warning: { state: 'unknown', word: 'Warning' },
  notice: { state: 'repository_never_fetched', word: 'Notice' },
} as const;

/** Annotations by their files, the worst first; what is about no file stands first. */
export function AnnotationList({ annotations }: { annotations: readonly Shown[] }) {
  const groups = [...Map.groupBy(annotations, ({ path }) => path ?? '')].sort(([a], [b]) => (a < b ? -1 : 1));
  return (
    <div className={styles.groups}>
      {groups.map(([path, items]) => (
        <section key={path} className={styles.group} aria-label={path === '' ? 'About no file' : path}>
          {path !== '' && (
            <h3 className={styles.file}>
              <code>{path}</code>
            </h3>
          )}
          <ul className={styles.list}>
            {items.toSorted(bySeverity).map((annotation, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two may say the same of the same place.
              <Item key={index} annotation={annotation} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

const order = ['error', 'warning', 'notice'] as const;
const bySeverity = (a: Shown, b: Shown): number =>
  order.indexOf(a.level) - order.indexOf(b.level) || (a.line ?? 0) - (b.line ?? 0);

function Item({ annotation: { level, title, message, from, to, ...place } }: { annotation: Shown }) {
  return (
    <li className={styles.item} data-level={level}>
      <StateMark {...marks[level]} />
      <div className={styles.text}>
        {title !== null && <p className={styles.title}>{title}</p>}
        <p className={styles.message}>{message}</p>
        <p className={styles.from}>
          {place.line !== null && <>{linesOf(place)} · </>}
          <Link to={to}>{from}</Link>
        </p>
      </div>
    </li>
  );
}

function linesOf({ line, end_line, column }: Pick<Annotation, 'line' | 'end_line' | 'column'>): string {
  if (end_line !== null && end_line !== line) return `lines ${line}–${end_line}`;
  return column === null ? `line ${line}` : `line ${line}, column ${column}`;
}
