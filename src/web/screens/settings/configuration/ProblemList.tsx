import styles from './configuration.module.css';

/** Problems of a file, one a line, each beginning with its place. Pressing one goes there, where that can be. */
export function ProblemList({
  lines,
  onGo,
}: {
  lines: readonly string[];
  onGo?: ((index: number) => void) | undefined;
}) {
  return (
    <ol className={styles.problems}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same problem may be there twice.
        <li key={index} className={styles.problem}>
          {onGo === undefined ? (
            line
          ) : (
            <button type="button" className={styles.go} onClick={() => onGo(index)}>
              {line}
            </button>
          )}
        </li>
      ))}
    </ol>
  );
}
