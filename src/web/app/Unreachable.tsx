import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './SignIn.module.css';

/** Slipway does not answer, and nothing can be shown yet. */
export function Unreachable({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <main className={styles.page}>
      <div className={styles.sheet}>
        <h1>Slipway does not answer</h1>
        <ProblemNote error={error} onRetry={onRetry} />
      </div>
    </main>
  );
}
