import { Link } from 'wouter';
import { paths } from '../../app/paths.ts';
import { StateMark } from '../../ui/StateMark.tsx';
import { Time } from '../../ui/Time.tsx';
import styles from './Chart.module.css';
import type { Note } from './notes.ts';

/** What stops something, on the rung where it does. */
export function Notes({
  notes = [],
  checks,
}: {
  notes?: readonly Note[] | undefined;
  checks: Note | undefined;
}) {
  const all = checks === undefined ? notes : [checks, ...notes];
  if (all.length === 0) return null;
  return (
    <ul className={styles.notes}>
      {all.map((note) => (
        <li key={keyOf(note)} className={styles.note}>
          <NoteLine note={note} />
        </li>
      ))}
    </ul>
  );
}

function NoteLine({ note }: { note: Note }) {
  switch (note.kind) {
    case 'lock':
      return (
        <>
          <StateMark state="locked" word={`${note.environment} is locked`} />
          <span>
            by {note.lock.created_by}, <Time at={note.lock.created_at} />: {note.lock.reason}
          </span>
        </>
      );
    case 'checks':
      return (
        <>
          <StateMark
            state="checks_failed"
            word={note.failed === 1 ? 'A check failed' : `${note.failed} checks failed`}
          />
          <span>stops {note.environments.join(', ')}</span>
        </>
      );
    default:
      return (
        <>
          <Link to={paths.deploy(note.deploy)}>
            <StateMark
              state={markOf[note.kind]}
              word={`${note.deploy.environment}#${note.deploy.number} ${verbOf[note.kind]}`}
            />
          </Link>
          <span>{note.reason}</span>
        </>
      );
  }
}

const markOf = { held: 'held', waiting: 'queued', failed: 'failed' } as const;
const verbOf = { held: 'is held', waiting: 'waits', failed: 'did not succeed' } as const;

const keyOf = (note: Note): string =>
  note.kind === 'lock'
    ? `lock ${note.environment} ${note.lock.id}`
    : note.kind === 'checks'
      ? 'checks'
      : note.deploy.name;
