import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { ApiError } from '../../contract/client.ts';
import { api } from '../../contract/index.ts';
import { AppError, systemCode } from '../../platform/errors.ts';
import { defineCommand, type Run } from '../command.ts';

export const applyCommand = defineCommand({
  name: 'apply [file]',
  summary: 'declare repositories, apps and environments from a slipway.yml',
  details:
    'Without FILE ./slipway.yml is read, with - standard input. Problems are printed as file:line:column, and then nothing is written. What the file does not name stays as it is.',
  examples: [
    ['slipway apply', 'the slipway.yml of this directory'],
    ['slipway apply infra/slipway.yml', 'another file'],
  ],
  async run(run, file = 'slipway.yml') {
    const text = await readConfiguration(run, file);
    const body = { text, file: file === '-' ? 'stdin' : file };
    const client = await run.client();
    const applied = await client.call(api.applyConfiguration, { body }).catch((error: unknown) => {
      throw withHeading(error, body.file);
    });
    run.out.show(applied, () => {
      for (const [what, names] of [
        ['created', applied.created],
        ['changed', applied.changed],
      ] as const) {
        for (const name of names) run.out.line(`${run.out.paint('green', what)}  ${name}`);
      }
      if (applied.created.length + applied.changed.length === 0) run.out.line('nothing has changed');
    });
    return undefined;
  },
});

/** The problems stay one a line, each beginning with its place, as editors read them. */
function withHeading(error: unknown, file: string): unknown {
  const problems = error instanceof ApiError ? error.problem.details.problems : undefined;
  if (!(error instanceof ApiError) || !Array.isArray(problems)) return error;
  const count = `${problems.length} problem${problems.length === 1 ? '' : 's'}`;
  const detail = `${file} has ${count}; nothing was written\n${error.problem.detail}`;
  return new ApiError({ ...error.problem, detail });
}

async function readConfiguration(run: Run, file: string): Promise<string> {
  if (file === '-') return readAll(run.stdin);
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT')
      throw new AppError('not_found', `there is no ${file} here; slipway.example.yml shows how to write one`);
    if (code === 'EISDIR') throw new AppError('invalid_input', `${file} is a directory; name the file in it`);
    if (code === 'EACCES') throw new AppError('forbidden', `${file} may not be read by this user`);
    throw error;
  }
}
