import type { StepCommands } from '../commands/commandState.ts';
import type { Job } from '../job.ts';
import type { StepOutput } from '../output/stepOutput.ts';
import { type CommandFiles, readCommandFile } from './commandFiles.ts';
import { PairsError, readPairs } from './readPairs.ts';

const largestFileBytes = 16 * 1024 * 1024;
const largestSummaryBytes = 1024 * 1024;

/** Takes what a process wrote into its files. What cannot be taken fails the step, but for its summary. */
export async function applyCommandFiles(
  job: Job,
  files: CommandFiles,
  commands: StepCommands,
  output: StepOutput,
): Promise<void> {
  const take = async (kind: keyof CommandFiles, apply: (text: string) => void, limit = largestFileBytes) => {
    const found = await readCommandFile(files[kind], limit);
    const problem = 'refused' in found ? found.refused : tryApply(() => apply(found.text));
    if (problem === null) return;
    const message = `$GITHUB_${kind.toUpperCase()} was not taken: ${problem}`;
    output.error(message);
    if (kind !== 'step_summary') commands.fail(message);
  };
  await take('path', (text) => {
    for (const line of text.split(/\r?\n/)) if (line !== '') commands.addPath(line);
  });
  await take('env', (text) => {
    for (const [name, value] of readPairs(text)) commands.setEnv(name, value);
  });
  await take('output', (text) => {
    for (const [name, value] of readPairs(text)) commands.setOutput(name, value);
  });
  await take('state', (text) => {
    for (const [name, value] of readPairs(text)) commands.saveState(name, value);
  });
  const addSummary = (text: string) => {
    if (text.trim() !== '') job.summary += `${job.masks.text(text).replace(/\n*$/, '')}\n`;
  };
  await take('step_summary', addSummary, largestSummaryBytes);
}

function tryApply(apply: () => void): string | null {
  try {
    apply();
    return null;
  } catch (error) {
    if (error instanceof PairsError) return error.message;
    throw error;
  }
}
