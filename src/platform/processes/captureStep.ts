import type { LogWriter } from '../logfiles/index.ts';
import { createMasker } from '../masking/index.ts';
import { runStep } from './runStep.ts';
import type { StepResult, StepSpec } from './step.ts';

/** A step whose output goes to a log, without the secrets. */
export interface Capture {
  step: Omit<StepSpec, 'onOutput'>;
  secrets: readonly string[];
  log: LogWriter;
  now: () => Date;
}

/** Runs a step and writes its masked output to the log, at the pace of the disk. All of it is in the file then. */
export async function captureStep({ step, secrets, log, now }: Capture): Promise<StepResult> {
  const masker = createMasker(secrets);
  const result = await runStep({ ...step, onOutput: (chunk) => log.write(masker.write(chunk), now()) });
  void log.write(masker.end(), now());
  await log.flush();
  return result;
}
