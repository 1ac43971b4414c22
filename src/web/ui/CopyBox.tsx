import styles from './CopyBox.module.css';
import { CopyButton } from './CopyButton.tsx';
import { classes } from './classes.ts';

export interface CopyBoxProps {
  readonly text: string;
  /** What is copied: "Copy the DSN". */
  readonly label: string;
  /** Of code, what it is: so that who hears the page can find and scroll it. */
  readonly name: string;
  /** Breaks long lines: for one long word, such as a DSN. Code keeps its lines, and scrolls. */
  readonly wrap?: boolean;
}

/** A text that is there to be copied: an address, a command, some code. */
export function CopyBox({ text, label, name, wrap = false }: CopyBoxProps) {
  const scrolls = { role: 'region', 'aria-label': name, tabIndex: 0 } as const;
  return (
    <div className={classes(styles.box, text.includes('\n') && styles.lines)}>
      <pre className={classes(styles.text, wrap && styles.wrap)} {...(wrap ? {} : scrolls)}>
        <code>{text}</code>
      </pre>
      <span className={styles.copy}>
        <CopyButton text={text} label={label} />
      </span>
    </div>
  );
}
