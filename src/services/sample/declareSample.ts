import { rename, writeFile } from 'node:fs/promises';
import type { Client } from '../../contract/client.ts';
import { api } from '../../contract/index.ts';
import type { SamplePaths } from './samplePaths.ts';

/** Writes the slipway.yml of the sample for people to read, and declares its apps by it. */
export async function declareSample(client: Client, paths: SamplePaths, text: string): Promise<void> {
  await writeFile(`${paths.configuration}.new`, text);
  await rename(`${paths.configuration}.new`, paths.configuration);
  await client.call(api.applyConfiguration, { body: { text, file: 'sample/slipway.yml' } });
}
