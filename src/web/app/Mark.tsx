import styles from './Mark.module.css';

/** The pin: where something stands. */
export function Mark() {
  return (
    <svg className={styles.mark} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path
        d="M16 3a9 9 0 0 1 9 9c0 6.4-9 17-9 17S7 18.4 7 12a9 9 0 0 1 9-9Zm0 5.4a3.6 3.6 0 1 0 0 7.2 3.6 3.6 0 0 0 0-7.2Z"
        fill="currentColor"
        fillRule="evenodd"
      />
    </svg>
  );
}
