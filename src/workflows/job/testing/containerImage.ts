import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askEngine, type ContainerEngine, detectEngine } from '../../../platform/containers/index.ts';

/** What tests of containers run in, or why they cannot: none is fetched from anywhere. */
export type TestImage =
  | { readonly image: string; readonly engine: ContainerEngine; readonly missing: null }
  | { readonly missing: string };

/** What it starts by itself, as a service. */
const serves = 'CMD ["httpd", "-f", "-p", "8080", "-h", "/www"]';
const busybox = '/bin/busybox';
const tools = 'sh tail env cat ls sleep echo id mkdir touch setsid grep httpd wget test kill ps head'.split(
  ' ',
);

/** Makes an image of this machine's busybox, unless it is there. */
export async function testImage(): Promise<TestImage> {
  const engine = await detectEngine();
  if ('refused' in engine) return { missing: engine.refused };
  const image = 'localhost/slipway-test:busybox';
  if ((await askEngine(engine, ['image', 'inspect', image])).code === 0)
    return { image, engine, missing: null };
  if (!existsSync(busybox)) return { missing: `there is no ${busybox} (busybox-static) to make an image of` };
  const root = mkdtempSync(join(tmpdir(), 'slipway-image-'));
  try {
    mkdirSync(join(root, 'bin'));
    copyFileSync(busybox, join(root, 'bin/busybox'));
    for (const tool of tools) symlinkSync(busybox, join(root, 'bin', tool));
    const archive = execFileSync('tar', ['c', '-C', root, '.'], { maxBuffer: 64 * 1024 * 1024 });
    const [file = '', ...args] = engine.command;
    execFileSync(file, [...args, 'import', '--change', serves, '-', image], {
      input: archive,
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    return { image, engine, missing: null };
  } catch (error) {
    return { missing: `no image can be made: ${error instanceof Error ? error.message : error}` };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
