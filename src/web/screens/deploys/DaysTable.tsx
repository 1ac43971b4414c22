import { type Day, dateOfDay, totalOf } from './bars.ts';
import styles from './HistoryChart.module.css';

/** The days in numbers, newest first. Days without a deploy are left out. */
export function DaysTable({ days }: { days: readonly Day[] }) {
  const busy = days.filter((day) => totalOf(day) > 0).reverse();
  if (busy.length === 0) return <p className={styles.nothing}>There was no deploy on any of these days.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also for who has no mouse.
    <section className={styles.tableField} tabIndex={0} aria-label="Deploys a day">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">Succeeded</th>
            <th scope="col">Failed</th>
            <th scope="col">Cancelled</th>
            <th scope="col">Rollbacks</th>
          </tr>
        </thead>
        <tbody>
          {busy.map((day) => (
            <tr key={day.day}>
              <th scope="row">
                {dateOfDay(day.day).toLocaleDateString(undefined, {
                  weekday: 'short',
                  day: 'numeric',
                  month: 'short',
                })}
              </th>
              <td>{day.succeeded}</td>
              <td>{day.failed}</td>
              <td>{day.cancelled}</td>
              <td>{day.rollbacks}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
