/** How long a lock may last, as the dialog offers it. */
export const expiries = ['none', 'hour', 'four_hours', 'tomorrow', 'monday'] as const;
export type Expiry = (typeof expiries)[number];

const hourMs = 3_600_000;
/** When people are back at their desks, on their own clock. */
const workBegins = 9;

/** The moment at which a lock ends that is made now; undefined when it ends by being unlocked only. */
export function expiresAt(expiry: Expiry, now: Date): Date | undefined {
  switch (expiry) {
    case 'none':
      return undefined;
    case 'hour':
      return new Date(now.getTime() + hourMs);
    case 'four_hours':
      return new Date(now.getTime() + 4 * hourMs);
    case 'tomorrow':
      return morning(now, 1);
    case 'monday':
      return morning(now, daysToMonday(now));
  }
}

/** A choice in words. */
export const expiryLabels: Record<Expiry, string> = {
  none: 'Until somebody unlocks',
  hour: '1 hour',
  four_hours: '4 hours',
  tomorrow: 'Tomorrow 9:00',
  monday: 'Monday 9:00',
};

/** On Sundays Monday is tomorrow: it is offered once. */
export const offeredExpiries = (now: Date): readonly Expiry[] =>
  expiries.filter((expiry) => expiry !== 'monday' || daysToMonday(now) > 1);

const daysToMonday = (now: Date): number => (8 - now.getDay()) % 7 || 7;

/** By the calendar, not by adding hours: a day has 23 or 25 of them twice a year. */
const morning = (now: Date, inDays: number): Date =>
  new Date(now.getFullYear(), now.getMonth(), now.getDate() + inDays, workBegins);
