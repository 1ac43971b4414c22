import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { packageRoot } from '../../../src/platform/settings.ts';

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

/** Debian's Chromium, or the one that CHROMIUM names, on the app as its sources are now. */
export async function launchChromium(): Promise<Browser> {
  await promisify(execFile)(join(packageRoot, 'bin', 'web'));
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: flags });
}
