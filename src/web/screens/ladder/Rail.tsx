import { Link } from 'wouter';
import type { App, Rung } from '../../../contract/apps.ts';
import { paths } from '../../app/paths.ts';
import { classes } from '../../ui/classes.ts';
import { StateMark } from '../../ui/StateMark.tsx';
import styles from './Chart.module.css';
import type { BracketPart, RailCell } from './rails.ts';
import { tableRoles } from './tableRoles.ts';

export interface RailProps {
  readonly rail: RailCell;
  readonly rung: Rung;
  readonly app: App;
  readonly tabbable: boolean;
}

/** One environment on one rung: whether it is shipped there, what moves there, and the bracket of what would be. */
export function Rail({ rail, rung, app, tabbable }: RailProps) {
  const { environment, live, shipped, moving, bracket } = rail;
  return (
    <div
      {...tableRoles.cell}
      className={styles.rail}
      data-environment={environment}
      data-live={live || undefined}
      data-shipped={shipped || undefined}
      data-bracket={bracket?.place}
      data-direction={bracket?.direction ?? undefined}
    >
      <span className={styles.line} />
      {bracket !== undefined && <span className={styles.bracket} />}
      <span className="visually-hidden">{wordsOf(rail)}</span>
      {moving.map((deploy) => (
        <Link
          key={deploy.number}
          to={paths.deploy(deploy)}
          className={classes(styles.moving, live && styles.besidePin)}
          tabIndex={tabbable ? 0 : -1}
        >
          <StateMark
            state={deploy.held === null ? deploy.state : 'held'}
            word={`${deploy.name} is ${deploy.held === null ? deploy.state : 'held'}`}
            bare
          />
        </Link>
      ))}
      {bracket?.words !== undefined && moving.length === 0 && (
        <Offer bracket={bracket} rung={rung} app={app} environment={environment} tabbable={tabbable} />
      )}
    </div>
  );
}

function Offer({
  bracket,
  rung,
  app,
  environment,
  tabbable,
}: {
  bracket: BracketPart;
  rung: Rung;
  app: App;
  environment: string;
  tabbable: boolean;
}) {
  const words = (bracket.words ?? '').split(', ');
  if (words[0] === 'live') return null;
  const shown = words.map((part) => (
    <span key={part} className={styles.count}>
      {part}
    </span>
  ));
  if (!app.may_deploy) return <span className={styles.offer}>{shown}</span>;
  return (
    <Link
      to={paths.ship(app.name, environment, rung.sha)}
      className={styles.offer}
      tabIndex={tabbable ? 0 : -1}
      data-tip={`Ship ${rung.short_sha} to ${environment}`}
    >
      <span className="visually-hidden">Ship to {environment}: </span>
      {shown}
    </Link>
  );
}

function wordsOf({ environment, live, shipped }: RailCell): string {
  if (live) return `live in ${environment}`;
  return shipped ? `in ${environment}` : '';
}
