import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { packageRoot } from '../../../src/platform/settings.ts';

const programs = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'] as const;

/** Quiet, speaking to nobody but the server under test, and drawing letters the same on every machine. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

/** The one that CHROMIUM names, or Debian's, preferably without windows: it takes a fifth less time. */
export const chromiumProgram =
  process.env.CHROMIUM ?? programs.find((path) => existsSync(path)) ?? programs[0];

/** Launches it, and builds the app as its sources are now. */
export async function launchChromium(): Promise<Browser> {
  await promisify(execFile)(join(packageRoot, 'bin', 'web'));
  return chromium.launch({ executablePath: chromiumProgram, args: flags });
}
