import { readFile } from 'node:fs/promises';
import { AppError } from '../../../platform/errors.ts';
import type { Payload } from '../../../workflows/run/index.ts';

/** Reads the payload of an event from a file of JSON; null when none is named. */
export async function readPayload(file: string | undefined): Promise<Payload | null> {
  if (file === undefined) return null;
  const payload = await parse(file);
  if (typeof payload === 'object' && payload !== null && !Array.isArray(payload)) return payload as Payload;
  throw new AppError('invalid_input', `${file} is no payload of an event: it must hold a JSON object`);
}

async function parse(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new AppError(
      'invalid_input',
      `${file} cannot be read as the payload of an event: ${why}`,
      {},
      { cause: error },
    );
  }
}
