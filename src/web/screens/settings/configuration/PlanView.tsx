import { useState } from 'react';
import type { Plan, PlanAction, PlanItem } from '../../../../contract/provisioning.ts';
import { Button } from '../../../ui/Button.tsx';
import { classes } from '../../../ui/classes.ts';
import { sentence } from '../../../ui/ProblemNote.tsx';
import styles from './plan.module.css';
import {
  actionWords,
  countsOf,
  placeOf,
  type ShownChange,
  shownChange,
  summaryOf,
  type Tense,
  takenAway,
} from './planModel.ts';

const shownAtOnce = 200;

/** A plan as a difference: a line for each thing, its sign and word first, below it the values that change. */
export function PlanView({ plan, tense }: { plan: Plan; tense: Tense }) {
  const [most, setMost] = useState(shownAtOnce);
  const shown = plan.items.slice(0, most);
  const left = plan.items.length - shown.length;
  return (
    <div className={styles.plan}>
      <p className={styles.summary} role="status">
        <span className={styles.file}>{plan.file}</span> {summaryOf(plan, tense)}
        <span className={styles.counts} aria-hidden="true">
          {countsOf(plan).map(({ action, count }) => (
            <span key={action} className={classes(styles.sign, styles[action])}>
              {actionWords[action].sign} {count}
            </span>
          ))}
        </span>
      </p>
      {plan.warnings.map((warning) => (
        <p key={warning} className={styles.warning}>
          {sentence(warning)}
        </p>
      ))}
      <ul className={styles.items} aria-label={tense === 'future' ? 'What would change' : 'What has changed'}>
        {shown.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a plan never changes, and names may repeat.
          <Item key={index} item={item} file={plan.file} tense={tense} />
        ))}
      </ul>
      {left > 0 && (
        <div>
          <Button size="small" onClick={() => setMost(most + 5 * shownAtOnce)}>
            Show more ({left} left)
          </Button>
        </div>
      )}
    </div>
  );
}

function Item({ item, file, tense }: { item: PlanItem; file: string; tense: Tense }) {
  const taken = takenAway(item);
  return (
    <li className={styles.item} data-action={item.action}>
      <Action action={item.action} tense={tense} />
      <div className={styles.what}>
        <p className={styles.name}>
          <span className={styles.kind}>{item.kind}</span> <strong>{item.name}</strong>
          {item.team !== null && <span className={styles.quiet}> in {item.team}</span>}
          {item.line !== null && <span className={styles.place}>{placeOf(file, item)}</span>}
        </p>
        {item.reason !== null && <p className={styles.reason}>{sentence(item.reason)}</p>}
        {taken !== null && tense === 'future' && <p className={styles.taken}>{taken}</p>}
        {item.changes.length > 0 && (
          <ul className={styles.changes}>
            {item.changes.map((change) => (
              <li key={change.field}>
                <Change change={shownChange(change)} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}

function Action({ action, tense }: { action: PlanAction; tense: Tense }) {
  const words = actionWords[action];
  return (
    <span className={classes(styles.action, styles[action])}>
      <span className={styles.mark} aria-hidden="true">
        {words.sign}
      </span>
      {words[tense]}
    </span>
  );
}

function Change({ change }: { change: ShownChange }) {
  const field = <span className={styles.quiet}>{change.field.replaceAll('_', ' ')}</span>;
  switch (change.kind) {
    case 'hidden':
      return (
        <>
          {field} <span className={styles.quiet}>changes (not shown)</span>
        </>
      );
    case 'set':
      return (
        <>
          {field} <ins className={styles.value}>{change.to}</ins>
        </>
      );
    case 'removed':
      return (
        <>
          {field} <del className={styles.value}>{change.from}</del>{' '}
          <span className={styles.quiet}>removed</span>
        </>
      );
    case 'changed':
      return (
        <>
          {field} <del className={styles.value}>{change.from}</del> <span aria-hidden="true">→</span>{' '}
          <ins className={styles.value}>{change.to}</ins>
        </>
      );
  }
}
