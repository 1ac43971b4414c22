import { AppError } from '../../platform/errors.ts';
import { defineCommand, type Run } from '../command.ts';
import { lookUpNames } from '../completion/names.ts';
import { type Candidate, planCompletion } from '../completion/plan.ts';
import { readCompletionScript, shells } from '../completion/scripts.ts';
import { workflowsAround } from '../completion/workflows.ts';
import { plainLine } from '../output/plainText.ts';

export const completionCommand = defineCommand({
  name: 'completion <shell>',
  summary: 'completion for bash, zsh or fish: commands, apps, environments, refs, deploys',
  examples: [
    ['eval "$(slipway completion bash)"', 'in ~/.bashrc; for zsh likewise in ~/.zshrc'],
    ['slipway completion fish | source', 'in ~/.config/fish/config.fish'],
  ],
  async run({ out }, name) {
    const shell = shells.find((known) => known === name);
    if (shell === undefined)
      throw new AppError(
        'invalid_input',
        `"${name}" is no shell that is known here; there is ${shells.join(', ')}`,
      );
    const script = await readCompletionScript(shell);
    out.show({ shell, script }, () => out.line(script.trimEnd()));
    return undefined;
  },
});

/** Nobody waits longer for a key. */
const patienceMs = 1500;

export const completeCommand = defineCommand({
  name: '__complete [words...]',
  summary: 'what may stand at the last of these words; for completion scripts',
  hidden: true,
  examples: [['slipway __complete -- deploy ""', 'the apps']],
  async run(run, ...words) {
    const current = words.at(-1) ?? '';
    // A completion that cannot be had is none; an error would be printed into the line that is being typed.
    const candidates = await candidatesFor(run, words).catch(() => []);
    for (const { word, meaning } of candidates) {
      if (word.startsWith(current) || word === ':files')
        run.out.line(`${plainLine(word)}\t${plainLine(meaning)}`.trimEnd());
    }
    return undefined;
  },
});

async function candidatesFor(run: Run, words: readonly string[]): Promise<readonly Candidate[]> {
  const plan = planCompletion(await run.commands(words.slice(0, -1)), words);
  switch (plan.kind) {
    case 'words':
      return plan.words;
    case 'files':
      return [{ word: ':files', meaning: '' }];
    case 'names':
      if (plan.of === 'workflow') return workflowsAround(process.cwd());
      return lookUpNames(await run.client(), plan.of, plan.before, AbortSignal.timeout(patienceMs));
  }
}
