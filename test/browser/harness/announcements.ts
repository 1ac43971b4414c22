import type { Page } from 'playwright-core';

/** Only ends what hangs. */
export const patience = { timeout: 45_000 };

/** Allows notifications, and answers those that the page has shown since, as `title | body`. */
export async function collectNotifications(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const told: string[] = [];
    Object.assign(window, { told });
    // Not every browser without a screen can be told to allow them.
    window.Notification = class extends Notification {
      static override readonly permission = 'granted';
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        told.push(`${title} | ${options?.body}`);
      }
    };
  });
  return () => page.evaluate(() => (window as unknown as { told: string[] }).told);
}

interface Note {
  readonly hertz: number;
  readonly context: BaseAudioContext;
}

/**
 * Answers what can be heard of the page since it was loaded: two notes each, that go `up` or `down`. Where the
 * browser does not let it sound, nothing is.
 */
export async function listenIn(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(tapOscillators);
  await page.evaluate(tapOscillators);
  const heard = () =>
    page.evaluate(() =>
      (window as unknown as { played: Note[] }).played
        .filter(({ context }) => context.state === 'running')
        .map(({ hertz }) => hertz),
    );
  return async () => melodies(await heard());
}

function tapOscillators(): void {
  const played: Note[] = [];
  Object.assign(window, { played });
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (when) {
    played.push({ hertz: this.frequency.value, context: this.context });
    start.call(this, when);
  };
}

function melodies(hertz: readonly number[]): string[] {
  const found: string[] = [];
  for (let at = 0; at + 1 < hertz.length; at += 2) {
    found.push((hertz[at + 1] ?? 0) > (hertz[at] ?? 0) ? 'up' : 'down');
  }
  return found;
}
