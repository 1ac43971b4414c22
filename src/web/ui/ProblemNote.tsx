import { ApiError, UnreachableError } from '../../contract/client.ts';
import { Button } from './Button.tsx';
import styles from './ProblemNote.module.css';

export interface ProblemNoteProps {
  /** Of a query or an action. Nothing is shown while there is none. */
  readonly error: Error | null | undefined;
  /** What was tried, such as "Rolling back": the sentence begins with it. */
  readonly doing?: string;
  /** Offers to try again. */
  readonly onRetry?: (() => void) | undefined;
}

/** Says what went wrong where it went wrong, in the server's words, with what can be done. */
export function ProblemNote({ error, doing, onRetry }: ProblemNoteProps) {
  if (!error) return null;
  return (
    <div role="alert" className={styles.note}>
      <p>
        {doing !== undefined && <strong>{doing} failed. </strong>}
        <span className={styles.detail}>{sentence(messageOf(error))}</span>
      </p>
      {error instanceof ApiError && error.problem.code === 'internal' && (
        <p className={styles.reference}>Request {error.problem.request_id}</p>
      )}
      {onRetry !== undefined && (
        <Button size="small" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** What to say about an error: what the server said, or that it cannot be reached. */
export function messageOf(error: Error): string {
  if (error instanceof UnreachableError)
    return 'Slipway cannot be reached right now. It is tried again by itself.';
  return error.message;
}

/** Messages begin in lower case, to follow a name; alone they are sentences. Names and shas stay as they are. */
export function sentence(text: string): string {
  const first = /^(?:[0-9a-f]{7,64}\b|\S*[/#]|[\w.-]+: )/.test(text)
    ? text
    : text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
