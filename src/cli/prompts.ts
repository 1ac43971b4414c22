import { text as readAll } from 'node:stream/consumers';
import { AppError } from '../platform/errors.ts';
import type { Run } from './command.ts';
import { Interrupted } from './problem.ts';

/** Asks a question that takes yes or no. Only for somebody who can answer. */
export async function askYesOrNo(message: string): Promise<boolean> {
  const { confirm, isCancel } = await loadPrompts();
  const answer = await confirm({ message, output: process.stderr, withGuide: false });
  if (isCancel(answer)) throw new Interrupted();
  return answer;
}

/** Asks for a line of text. */
export async function askText(run: Run, message: string): Promise<string> {
  if (!run.out.terminal.interactive) throw nobodyToAsk(message);
  const { isCancel, text } = await loadPrompts();
  const answer = await text({ message, output: process.stderr, withGuide: false, validate: refuseEmpty });
  if (isCancel(answer)) throw new Interrupted();
  return answer.trim();
}

/**
 * A secret: typed unseen by somebody who is asked (twice with `confirm`), else standard input without its last
 * line feed. Never an argument: those are seen by everyone on the machine.
 */
export async function readSecret(
  run: Run,
  message: string,
  options: { confirm?: boolean } = {},
): Promise<string> {
  if (!run.out.terminal.interactive) return readPipedSecret(run, message);
  const secret = await askSecret(message);
  if (options.confirm && (await askSecret('The same again')) !== secret) {
    throw new AppError('invalid_input', 'the two differ; nothing was changed');
  }
  return secret;
}

async function readPipedSecret(run: Run, message: string): Promise<string> {
  if (run.stdin.isTTY) throw nobodyToAsk(message);
  const secret = (await readAll(run.stdin)).replace(/\r?\n$/, '');
  if (secret === '') throw new AppError('invalid_input', `${message}: standard input is empty`);
  return secret;
}

async function askSecret(message: string): Promise<string> {
  const { isCancel, password } = await loadPrompts();
  const answer = await password({ message, output: process.stderr, withGuide: false, validate: refuseEmpty });
  if (isCancel(answer)) throw new Interrupted();
  return answer;
}

/** Most commands never ask. */
const loadPrompts = () => import('@clack/prompts');

const refuseEmpty = (value: string | undefined): string | undefined => (value ? undefined : 'It is empty.');

const nobodyToAsk = (message: string): AppError =>
  new AppError('invalid_input', `${message}: there is no terminal to ask on; send it on standard input`);
