import { appendFile } from 'node:fs/promises';
import { AppError } from '../../../platform/errors.ts';
import { type CheckedOut, checkOut } from './checkOut.ts';
import type { CheckoutSettings } from './checkoutSettings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The program of the built-in checkout, run as a step: says what it does, and answers the exit code. */
export async function runCheckout(settings: CheckoutSettings, env: Environment): Promise<number> {
  try {
    const result = await checkOut(settings, env, (line) => process.stdout.write(`${line}\n`));
    await writeOutputs(result, env.GITHUB_OUTPUT);
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    process.stdout.write(`::error::${commandText(error.message)}\n`);
    return 1;
  }
}

async function writeOutputs({ ref, commit }: CheckedOut, file: string | undefined): Promise<void> {
  if (file) await appendFile(file, `ref=${ref}\ncommit=${commit}\n`);
}

function commandText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
