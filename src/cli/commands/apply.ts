import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
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
    const applied = await (await run.client()).call(api.applyConfiguration, { body });
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
