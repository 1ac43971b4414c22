import { Link } from 'wouter';
import { api } from '../../../contract/index.ts';
import type { RunDetail } from '../../../contract/runs.ts';
import type { TestResult } from '../../../contract/runTests.ts';
import { useApi } from '../../api/hooks.ts';
import { paths } from '../../app/paths.ts';
import { durationText } from '../../lib/time.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Section } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import styles from './run.module.css';

/** So many are shown: what failed comes first, and of what passed nobody reads more. */
const shownTests = 100;

/** The tests that the jobs reported, as the server orders them: failed, flaky, slow, and the others. */
export function Tests({ run }: { run: RunDetail }) {
  const { data, error, refetch } = useApi(
    api.listTests,
    { params: { run: run.id }, query: { attempt: run.attempt, limit: shownTests } },
    { enabled: run.tests !== null },
  );
  if (run.tests === null) return null;
  return (
    <Section title="Tests">
      <ProblemNote error={error} doing="Loading the tests" onRetry={() => void refetch()} />
      {data?.problems.map((problem) => (
        <p key={problem} role="alert">
          {problem}
        </p>
      ))}
      <ul aria-label="Tests">
        {data?.items.map((test, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two tests of a job may have the same name.
          <Test key={index} test={test} run={run} />
        ))}
      </ul>
      {data?.more && <p className={styles.quiet}>There are more than these {shownTests}.</p>}
    </Section>
  );
}

const marks = { passed: 'succeeded', failed: 'failed', error: 'failed', skipped: 'skipped' } as const;

function Test({ test, run }: { test: TestResult; run: RunDetail }) {
  const { suite, name, file, line, state, message, flaky, usual_seconds, failing_since: since } = test;
  return (
    <li className={styles.test}>
      <StateMark state={marks[state]} {...(state === 'error' ? { word: 'Error' } : {})} />
      <div className={styles.testText}>
        <p>
          {suite !== '' && <span className={styles.quiet}>{suite} › </span>}
          {name} {flaky && <Badge tone="needs-you">flaky</Badge>}{' '}
          {usual_seconds !== null && (
            <Badge>slow: usually {durationText(usual_seconds, { precise: true })}</Badge>
          )}
        </p>
        {message !== null && <Message text={message} />}
        <p className={styles.quiet}>
          {file !== null && (
            <>
              <code>{line === null ? file : `${file}:${line}`}</code>
              {' · '}
            </>
          )}
          <Link to={paths.job(run.id, test.job_id)}>{test.job}</Link>
          {test.duration_seconds !== null && ` · ${durationText(test.duration_seconds, { precise: true })}`}
          {since !== null && (
            <>
              {' · fails on '}
              {since.branch} too, since <Link to={paths.run(since.run_id)}>{since.run}</Link>
            </>
          )}
        </p>
      </div>
    </li>
  );
}

/** Of what a test says, the first lines tell what is wrong; the rest is where. */
const shownLines = 8;

function Message({ text }: { text: string }) {
  const lines = text.split('\n');
  const rest = lines.slice(shownLines);
  // To open one line takes as much room as the line.
  if (rest.length <= 1) return <pre className={styles.message}>{text}</pre>;
  return (
    <>
      <pre className={styles.message}>{lines.slice(0, shownLines).join('\n')}</pre>
      <details className={styles.rest}>
        <summary>{rest.length} more lines</summary>
        <pre className={styles.message}>{rest.join('\n')}</pre>
      </details>
    </>
  );
}
