import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { compressFiles } from './compress.ts';
import { fingerprint } from './fingerprint.ts';
import { webOutput } from './paths.ts';
import { viteConfig } from './viteConfig.ts';

const mark = '.built';

/** Whether the built app is that of the sources as they are now. */
export async function isFresh(output = webOutput): Promise<boolean> {
  return (await readFile(join(output, mark), 'utf8').catch(() => '')) === (await fingerprint());
}

/**
 * Builds beside what is served, and takes its place when everything is there: a crash in the middle leaves
 * the app that was, or none, and never half of one.
 */
export async function buildWeb(output = webOutput): Promise<void> {
  const made = await fingerprint();
  await mkdir(dirname(output), { recursive: true });
  const aside = await mkdtemp(`${output}-`);
  try {
    await build(viteConfig(aside));
    await compressFiles(aside);
    await writeFile(join(aside, mark), made);
    await rm(output, { recursive: true, force: true });
    await rename(aside, output);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}
