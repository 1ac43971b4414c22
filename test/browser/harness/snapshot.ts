import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import pixelmatch from 'pixelmatch';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { expect } from 'vitest';
import { packageRoot } from '../../../src/platform/settings.ts';
import { chromiumProgram } from './chromium.ts';
import { indexed } from './indexedPng.ts';
import { steady } from './steady.ts';

const kept = join(import.meta.dirname, '..', 'snapshots');
const drawnByFile = join(kept, 'drawn-by.json');
const failures = join(packageRoot, 'tmp', 'snapshots');
/** Set by `bin/snapshots`: pictures are kept, not compared. */
const drawing = process.env.SLIPWAY_DRAW_SNAPSHOTS === '1';
/** The same browser draws the same, but for letters half a pixel aside (57 pixels were seen); a word that changes is more. */
const mostPixels = 250;

/** Why pictures drawn here cannot be compared with those that are kept; undefined when they can. */
export async function whyIncomparable(page: Page): Promise<string | undefined> {
  const here = await drawerOf(page);
  if (drawing) {
    await mkdir(kept, { recursive: true });
    await writeFile(drawnByFile, `${JSON.stringify(here, null, 2)}\n`);
    return undefined;
  }
  const before = JSON.parse(await readFile(drawnByFile, 'utf8')) as typeof here;
  if (before.chromium === here.chromium && before.letters === here.letters) return undefined;
  return `the kept pictures are by ${before.chromium}, this is ${here.chromium} or has other fonts; look at them, then bin/snapshots`;
}

/** What decides how letters look: the browser, and the fonts of the machine for what has none of ours. */
async function drawerOf(page: Page): Promise<{ chromium: string; letters: string }> {
  const widths = await page.evaluate(() => {
    const canvas = document.createElement('canvas').getContext('2d');
    return ['monospace', 'sans-serif'].map((font) => {
      if (canvas !== null) canvas.font = `16px ${font}`;
      return canvas?.measureText('Slipway 0O 1lI ✓ ▸ …').width.toFixed(2);
    });
  });
  const version = page.context().browser()?.version() ?? '?';
  return { chromium: `${basename(chromiumProgram)} ${version}`, letters: widths.join(' ') };
}

/** What is on the screen looks as it did when `bin/snapshots` last drew it. */
export async function expectToLookAsBefore(page: Page, name: string): Promise<void> {
  await steady(page);
  const file = join(kept, `${name}.png`);
  if (drawing) return writeFile(file, await pictureOf(page));
  expect(existsSync(file), `${file} is missing: bin/snapshots draws it`).toBe(true);
  const before = PNG.sync.read(await readFile(file));
  let now = await pictureOf(page);
  let { differing, picture } = compare(before, PNG.sync.read(now));
  // The first one may have been taken between two frames.
  if (differing > mostPixels) {
    now = await pictureOf(page);
    ({ differing, picture } = compare(before, PNG.sync.read(now)));
  }
  if (differing > mostPixels) {
    await mkdir(failures, { recursive: true });
    await writeFile(join(failures, `${name}.now.png`), now);
    await writeFile(join(failures, `${name}.difference.png`), PNG.sync.write(picture));
  }
  expect(
    differing,
    `${name} looks different: see ${failures}/${name}.*.png; bin/snapshots if that is meant`,
  ).toBeLessThanOrEqual(mostPixels);
  return undefined;
}

const pictureOf = async (page: Page): Promise<Buffer> =>
  indexed(await page.screenshot({ animations: 'disabled', caret: 'hide' }));

function compare(before: PNG, now: PNG): { differing: number; picture: PNG } {
  const { width, height } = now;
  const picture = new PNG({ width, height });
  if (before.width !== width || before.height !== height) return { differing: Infinity, picture };
  const differing = pixelmatch(before.data, now.data, picture.data, width, height, { threshold: 0.1 });
  return { differing, picture };
}
