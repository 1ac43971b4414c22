import styles from './workflows.module.css';

/** The branches that may use an environment. */
export function Globs({ branches }: { branches: readonly string[] }) {
  if (branches.length === 0) return 'all';
  return (
    <span className={styles.globs}>
      {branches.map((glob) => (
        <code key={glob}>{glob}</code>
      ))}
    </span>
  );
}
