import type { deploys } from '../../../contract/deployEndpoints.ts';
import { type DeployKind, deployKinds, deployStates } from '../../../contract/deploys.ts';
import type { CallInput } from '../../../contract/endpoint.ts';

/** What of the history is shown, as it stands in the address. Dates are days of the viewer, both included. */
export interface Filter {
  readonly app?: string | undefined;
  readonly environment?: string | undefined;
  readonly state?: string | undefined;
  readonly kind?: DeployKind | undefined;
  readonly who?: string | undefined;
  readonly text?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  /** How many days the chart shows. */
  readonly days: ChartDays;
}

export const chartDays = [31, 90] as const;
export type ChartDays = (typeof chartDays)[number];

const states: readonly string[] = [...deployStates, 'active', 'done'];

/** Reads a filter out of an address. What it does not understand it leaves out: addresses are typed and shortened. */
export function parseFilter(search: string): Filter {
  const values = new URLSearchParams(search);
  const text = (name: string) => values.get(name)?.trim() || undefined;
  const date = (name: string) => (isDate(text(name)) ? text(name) : undefined);
  const state = text('state')
    ?.split(',')
    .filter((word) => states.includes(word))
    .join(',');
  return {
    app: text('app'),
    environment: text('environment'),
    state: state || undefined,
    kind: deployKinds.find((kind) => kind === text('kind')),
    who: text('who'),
    text: text('text')?.slice(0, 200),
    since: date('since'),
    until: date('until'),
    days: text('days') === '90' ? 90 : 31,
  };
}

/** The address part of a filter, without what is the default. */
export function formatFilter({ days, ...filter }: Filter): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value) query.set(name, value);
  if (days !== 31) query.set('days', String(days));
  return query.size === 0 ? '' : `?${query}`;
}

/** Whether it leaves anything out. */
export const isFiltered = ({ days: _days, ...filter }: Filter): boolean =>
  Object.values(filter).some((value) => value !== undefined);

type HistoryQuery = NonNullable<CallInput<typeof deploys.listDeploys>['query']>;

/** What to ask the server for. A day begins and ends when it does where the viewer is. */
export function historyQuery({ days: _days, since, until, ...filter }: Filter): HistoryQuery {
  const query: Record<string, string> = {};
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) query[name] = value;
  if (since !== undefined) query.since = startOfDay(since, 0).toISOString();
  if (until !== undefined) query.until = startOfDay(until, 1).toISOString();
  return query as HistoryQuery;
}

function startOfDay(date: string, later: number): Date {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(year, month - 1, day + later);
}

function isDate(text: string | undefined): boolean {
  if (text === undefined || !/^[1-9]\d{3}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
