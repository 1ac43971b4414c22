import { isTimeZone } from '../../platform/text/isTimeZone.ts';
import type { Report, Workflow } from '../language/index.ts';

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const fields: readonly Field[] = [
  { name: 'minute', min: 0, max: 59, names: [] },
  { name: 'hour', min: 0, max: 23, names: [] },
  { name: 'day of the month', min: 1, max: 31, names: [] },
  { name: 'month', min: 1, max: 12, names: months },
  { name: 'day of the week', min: 0, max: 6, names: days },
];

/** GitHub starts nothing more often, in minutes. */
const shortestInterval = 5;

/** Schedules: five fields in POSIX's syntax, and a time zone that exists. */
export function checkSchedules({ on }: Workflow): Report[] {
  return on.flatMap(({ crons }) =>
    crons.flatMap(({ cron, timezone }) => {
      const problem = cronProblem(cron.value);
      if (problem !== null) return [{ rule: 'cron', message: problem, at: cron.at }];
      const reports: Report[] = [];
      if (interval(cron.value) < shortestInterval) {
        const message = `GitHub starts a schedule every ${shortestInterval} minutes at most`;
        reports.push({ rule: 'cron-interval', message, at: cron.at });
      }
      if (timezone !== null && !isTimeZone(timezone.value)) {
        const message = `there is no time zone \`${timezone.value}\`; write one as \`Europe/Prague\``;
        reports.push({ rule: 'cron', message, at: timezone.at });
      }
      return reports;
    }),
  );
}

function cronProblem(cron: string): string | null {
  if (cron.startsWith('@'))
    return `\`${cron}\` is not known to GitHub; write the five fields, as \`0 0 * * *\``;
  const parts = cron.trim().split(/\s+/);
  if (parts.length !== fields.length) {
    return `a schedule has five fields (minute, hour, day, month, weekday); this has ${parts[0] === '' ? 0 : parts.length}`;
  }
  for (const [index, field] of fields.entries()) {
    for (const item of (parts[index] ?? '').split(',')) {
      const problem = itemProblem(item, field);
      if (problem !== null) return problem;
    }
  }
  return null;
}

function itemProblem(item: string, field: Field): string | null {
  const [, range, step] = /^([^/]*)(?:\/(.*))?$/.exec(item) ?? [];
  const wrong = `\`${item}\` is no ${field.name}: ${field.min} to ${field.max}`;
  if (step !== undefined && !(/^\d+$/.test(step) && Number(step) > 0))
    return `\`${item}\`: what stands behind \`/\` is a number from 1 on`;
  if (range === '*') return null;
  const ends = (range ?? '').split('-').map((end) => numberOf(end, field));
  if (ends.length > 2 || ends.some((end) => end === null)) return wrong;
  const [first, last = first] = ends;
  return (first ?? 0) > (last ?? 0) ? `\`${item}\` ends before it begins` : null;
}

function numberOf(text: string, { min, max, names }: Field): number | null {
  const name = names.indexOf(text.toUpperCase());
  if (name !== -1) return name + min;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : null;
}

/** The shortest time between two starts in an hour, in minutes. */
function interval(cron: string): number {
  const minutes = [...minutesOf(cron.trim().split(/\s+/)[0] ?? '')].sort((a, b) => a - b);
  const gaps = minutes.map((minute, index) => (minutes[index + 1] ?? (minutes[0] ?? 0) + 60) - minute);
  return Math.min(60, ...gaps);
}

function minutesOf(field: string): Set<number> {
  const minutes = new Set<number>();
  for (const item of field.split(',')) {
    const [range = '*', step] = item.split('/');
    const [first, last] = range === '*' ? [0, 59] : range.split('-').map(Number);
    const end = last ?? (step === undefined ? (first ?? 0) : 59);
    for (let minute = first ?? 0; minute <= end; minute += Number(step ?? 1)) minutes.add(minute);
  }
  return minutes;
}
