import { lazy, Suspense } from 'react';
import styles from './lock.module.css';

const Markdown = lazy(() => import('./Markdown.tsx'));

/** The reason of a lock: Markdown, shown as plain text until what draws it has come. */
export function Reason({ text }: { text: string }) {
  return (
    <div className={styles.reason}>
      <Suspense fallback={<p className={styles.plain}>{text}</p>}>
        <Markdown text={text} />
      </Suspense>
    </div>
  );
}
