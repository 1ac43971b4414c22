import { useCopy } from './CopyButton.tsx';
import { classes } from './classes.ts';
import styles from './Sha.module.css';

/** A commit by its first characters; pressing it copies the whole. */
export function Sha({ sha, short, className }: { sha: string; short?: string; className?: string }) {
  const [copied, copy] = useCopy(sha);
  const shown = short ?? sha.slice(0, 8);
  return (
    <button
      type="button"
      className={classes(styles.sha, className)}
      aria-label={copied ? 'Copied' : `Copy commit ${shown}`}
      data-tip={copied ? 'Copied' : `Copy ${sha}`}
      onClick={copy}
    >
      {shown}
    </button>
  );
}
