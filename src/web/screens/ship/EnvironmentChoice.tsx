import { useId } from 'react';
import type { EnvironmentStatus } from '../../../contract/apps.ts';
import { StateMark } from '../../ui/StateMark.tsx';
import { Time } from '../../ui/Time.tsx';
import styles from './Ship.module.css';

export interface EnvironmentChoiceProps {
  readonly environments: readonly EnvironmentStatus[];
  readonly chosen: string | undefined;
  readonly onChoose: (environment: string) => void;
}

/** Where it goes. Each says what is live there, and whether it is locked. */
export function EnvironmentChoice({ environments, chosen, onChoose }: EnvironmentChoiceProps) {
  const group = useId();
  return (
    <fieldset className={styles.choice}>
      <legend>Where to</legend>
      <div className={styles.places}>
        {environments.map((environment) => (
          <label key={environment.name} className={styles.place}>
            <input
              type="radio"
              name={group}
              value={environment.name}
              checked={environment.name === chosen}
              onChange={() => onChoose(environment.name)}
            />
            <span className={styles.placeName}>{environment.name}</span>
            <PlaceState environment={environment} />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function PlaceState({
  environment: { live, locks, active, in_doubt, queued },
}: {
  environment: EnvironmentStatus;
}) {
  return (
    <span className={styles.placeState}>
      {locks[0] !== undefined && <StateMark state="locked" word={`Locked by ${locks[0].created_by}`} />}
      {in_doubt && <StateMark state="failed" word="In doubt" />}
      {active !== null && <StateMark state={active.state} word={`#${active.number} is ${active.state}`} />}
      {queued.length > 0 && <StateMark state="queued" word={`${queued.length} queued`} />}
      {live === null ? (
        <span>nothing shipped yet</span>
      ) : (
        <span>
          <code>{live.sha.slice(0, 8)}</code> live <Time at={live.finished_at ?? live.requested_at} />
        </span>
      )}
    </span>
  );
}
