import { useEffect, useState } from 'react';
import { usePaletteActions } from '../../app/palette/actions.ts';
import { Icon } from '../../ui/Icon.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import styles from './Chart.module.css';
import type { Standing } from './standing.ts';
import { tableRoles } from './tableRoles.ts';

export interface ColumnHeadsProps {
  readonly standings: readonly Standing[];
  readonly more: boolean;
  readonly onGoTo: (index: number) => void;
  readonly onLoadMore: () => void;
}

/** The names of the columns, which stay in sight; each leads to its pin. */
export function ColumnHeads({ standings, more, onGoTo, onLoadMore }: ColumnHeadsProps) {
  const [wanted, setWanted] = useState<string>();
  const found = standings.find(({ environment }) => environment.name === wanted);
  useEffect(() => {
    if (found === undefined) return;
    if (found.pin !== -1) onGoTo(found.pin);
    else if (more) return onLoadMore();
    setWanted(undefined);
  });
  usePaletteActions(() =>
    standings
      .filter(({ environment: { live }, pin }) => live !== null && (pin !== -1 || more))
      .map(({ environment: { name, live } }) => ({
        id: `pin-${name}`,
        label: `Show where ${name} stands`,
        group: 'This page',
        keywords: 'pin live go to',
        hint: live?.short_sha ?? '',
        run: () => setWanted(name),
      })),
  );
  return (
    <div {...tableRoles.rowgroup} className={styles.heads}>
      <div {...tableRoles.row(1)} className={styles.headRow}>
        {standings.map(({ environment: { name, live, locks }, pin }) => (
          <div key={name} {...tableRoles.columnheader} className={styles.head}>
            <button
              type="button"
              className={styles.headButton}
              disabled={live === null || (pin === -1 && !more)}
              data-tip={tipOf(name, live?.short_sha, pin, more)}
              onClick={() => setWanted(name)}
            >
              {locks.length > 0 && <StateMark state="locked" bare />}
              <span className={styles.headName}>{name}</span>
              {live !== null && pin === -1 && more && <Icon name="chevronDown" />}
            </button>
          </div>
        ))}
        <div {...tableRoles.columnheader} className={styles.headCommit}>
          Commit
        </div>
      </div>
    </div>
  );
}

function tipOf(name: string, live: string | undefined, pin: number, more: boolean): string {
  if (live === undefined) return `${name}: nothing was shipped yet`;
  if (pin === -1)
    return more ? `${name} is at ${live}, further down` : `${name} is at ${live}, which is not on this ref`;
  return `${name} is at ${live}`;
}
