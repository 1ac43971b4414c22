import { lazy, Suspense } from 'react';
import styles from './summary.module.css';

const Markdown = lazy(() => import('../lock/Markdown.tsx'));

/** The summary of a job: Markdown, shown as plain text until what draws it has come. */
export function Summary({ text }: { text: string }) {
  return (
    <div className={styles.summary}>
      <Suspense fallback={<p className={styles.plain}>{text}</p>}>
        <Markdown text={text} headings />
      </Suspense>
    </div>
  );
}
