import { dirname, resolve } from 'node:path';
import { Option } from 'commander';
import { AppError } from '../../../platform/errors.ts';
import { decodeUtf8 } from '../../../platform/text/decodeUtf8.ts';
import { type Finding, readLines } from '../../../workflows/language/index.ts';
import { defineCommand, type Run } from '../../command.ts';
import { exitCodes } from '../../exitCodes.ts';
import { plainText, safeJson } from '../../output/plainText.ts';
import { type CheckedFile, showFindings } from '../../workflow/check/showFindings.ts';
import { findSources, libraryAround, readSource, type SourceText } from '../../workflow/check/sources.ts';

interface Options {
  readonly format?: 'text' | 'json' | 'sarif';
  readonly sarif?: boolean;
  readonly strict?: boolean;
  readonly stdinFilename?: string;
}

export const checkWorkflowCommand = defineCommand<Options>({
  name: 'check [files...]',
  summary: 'what is wrong in workflows and actions, with its place',
  details:
    'Without FILES: all of .github/workflows of this checkout, and the action.yml files beside them. With - standard input is read. Nothing is run, and no server is needed. Exits with 0 when there is no error, 1 when there is one (--strict: or a warning), 2 when a file cannot be read.',
  options: [
    new Option('--format <format>', 'how to print what was found').choices(['text', 'json', 'sarif']),
    new Option('--sarif', 'the same as --format sarif: for code scanning and editors'),
    new Option('--strict', 'warnings count as errors'),
    new Option('--stdin-filename <file>', 'what standard input is called, and where it would lie'),
  ],
  examples: [
    ['slipway workflow check', 'every workflow of this checkout'],
    ['slipway workflow check .github/workflows/test.yml --strict', 'one, without warnings either'],
    ['slipway workflow check - --stdin-filename .github/workflows/test.yml < draft.yml', 'from an editor'],
    ['slipway workflow check --sarif > findings.sarif', 'for code scanning'],
  ],
  async run(run, ...files) {
    const checked = await checkAll(run, files.length > 0 ? files : foundHere());
    const findings = checked.flatMap((file) => file.findings);
    await print(run, checked, findings);
    const counts = countOf(findings);
    return counts.errors > 0 || (run.options.strict && counts.warnings > 0)
      ? exitCodes.unsuccessful
      : exitCodes.done;
  },
});

function foundHere(): string[] {
  const files = findSources(process.cwd());
  if (files.length > 0) return files;
  throw new AppError('not_found', 'there is no workflow in .github/workflows here; name the files to check');
}

async function checkAll(run: Run<Options>, files: readonly string[]): Promise<CheckedFile[]> {
  // All commands of the group are loaded for each of them; a run need not wait for what only a check needs.
  const { checkFile } = await import('../../../workflows/check/index.ts');
  const checked: CheckedFile[] = [];
  for (const file of files) {
    const isStdin = file === '-';
    const name = isStdin ? (run.options.stdinFilename ?? 'stdin') : file;
    const source = isStdin ? await readStdin(run.stdin) : readSource(file);
    const isSomewhere = !isStdin || run.options.stdinFilename !== undefined;
    const library = isSomewhere ? libraryAround(dirname(resolve(name))) : null;
    checked.push(checkWith(source, name, (text) => checkFile(text, name, library)));
  }
  return checked;
}

/** As much as any file may have, and a little more, so that what is too long is told as a file is. */
const maxStdinBytes = 16 * 1024 * 1024;

async function readStdin(stdin: NodeJS.ReadStream): Promise<SourceText> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    chunks.push(Buffer.from(chunk));
    size += chunk.length;
    if (size > maxStdinBytes)
      throw new AppError('payload_too_large', `stdin has more than ${maxStdinBytes} bytes`);
  }
  return decodeUtf8(Buffer.concat(chunks));
}

function checkWith(
  source: SourceText,
  file: string,
  findingsOf: (text: string) => readonly Finding[],
): CheckedFile {
  if ('text' in source) return { file, text: source.text, findings: findingsOf(source.text) };
  const { validText: text, problem: message } = source;
  const at = readLines(text).range(text.length, text.length + 1);
  return { file, text, findings: [{ severity: 'error', rule: 'syntax', message, file, at }] };
}

async function print(
  run: Run<Options>,
  checked: readonly CheckedFile[],
  findings: readonly Finding[],
): Promise<void> {
  const { out, options } = run;
  const format = options.sarif ? 'sarif' : (options.format ?? (out.json ? 'json' : 'text'));
  if (format === 'sarif') {
    const { toSarif } = await import('../../workflow/check/sarif.ts');
    out.line(safeJson(toSarif(findings), 2));
  } else if (format === 'json') out.line(safeJson(toJson(checked, findings), 2));
  else {
    for (const file of checked) showFindings(out, file);
    out.note(plainText(summary(checked, findings)));
  }
}

function toJson(checked: readonly CheckedFile[], findings: readonly Finding[]): object {
  return {
    files: checked.map(({ file }) => file),
    counts: countOf(findings),
    findings: findings.map(({ severity, rule, message, file, at }) => ({
      file,
      line: at.start.line,
      column: at.start.column,
      end_line: at.end.line,
      end_column: at.end.column,
      severity,
      rule,
      message,
    })),
  };
}

function summary(checked: readonly CheckedFile[], findings: readonly Finding[]): string {
  const files = counted(checked.length, 'file');
  if (findings.length === 0) return `${files} checked: nothing found`;
  const { errors, warnings } = countOf(findings);
  const found = [
    errors > 0 ? counted(errors, 'error') : null,
    warnings > 0 ? counted(warnings, 'warning') : null,
  ];
  const bad = checked.filter((file) => file.findings.length > 0).length;
  return `${found.filter((part) => part !== null).join(' and ')} in ${bad} of ${files}`;
}

function countOf(findings: readonly Finding[]): { errors: number; warnings: number } {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: findings.length - errors };
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
