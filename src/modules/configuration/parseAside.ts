import { Worker } from 'node:worker_threads';
import { AppError, systemCode } from '../../platform/errors.ts';
import { limiter } from '../../platform/limiter.ts';
import { type ParseResult, parseConfiguration } from './parseConfiguration.ts';
import { maxFileBytes } from './readDocument.ts';
import { referencesIn } from './referencesIn.ts';

/** What the sections `admin` and `teams` are judged by, as data that can be handed to another thread. */
export interface AsideContext {
  /** The address that DSNs must lead to; null when none is set. */
  readonly urlPrefix: string | null;
  /** What references stand for: `{"${NAME}": "…"}`. */
  readonly values: Readonly<Record<string, string>>;
}

/** What reading one file may cost. */
export interface AsideLimits {
  readonly deadlineMs: number;
  readonly heapMegabytes: number;
}

/** Ten times what 10,000 projects take, and more. */
const usualLimits: AsideLimits = { deadlineMs: 20_000, heapMegabytes: 1024 };

/** Of the whole process: each may take all the memory that the limits leave it. */
const limited = limiter(2, 100, 'long files');

/** Up to this length a thread takes longer to start than the file to read. */
const longestInline = 64 * 1024;

/** Short-lived objects are most of what reading makes; with room for them it takes a fifth less time. */
const youngMegabytes = 64;

/** What the thread is asked for. */
export type AsideTask =
  | {
      readonly kind: 'parse';
      readonly source: Source;
      readonly fileName: string;
      readonly context: AsideContext;
    }
  | { readonly kind: 'references'; readonly source: Source };

type Source = string | Uint8Array;

/**
 * `parseConfiguration` without blocking the caller: a long file is read in a thread of its own, within limits of
 * time and memory. A file that breaks them has that problem.
 */
export async function parseConfigurationAside(
  source: Source,
  fileName: string,
  context: AsideContext,
  limits: AsideLimits = usualLimits,
): Promise<ParseResult> {
  if (isQuick(source)) {
    return parseConfiguration(source, fileName, {
      urlPrefix: context.urlPrefix,
      value: lookUp(context.values),
    });
  }
  const task: AsideTask = { kind: 'parse', source, fileName, context };
  const answer = await limited(() => inThread<ParseResult>(task, limits));
  if ('result' in answer) return answer.result;
  const problem = { file: fileName, line: 1, column: 1, path: '', message: answer.exceeded };
  return { ok: false, problems: [problem] };
}

/** `referencesIn` in the same way. Of a file that breaks the limits it finds none: parsing it says why. */
export async function referencesInAside(
  source: Source,
  limits: AsideLimits = usualLimits,
): Promise<string[]> {
  const none = typeof source === 'string' && !source.includes('${');
  if (none || isQuick(source)) return referencesIn(source);
  const answer = await limited(() => inThread<string[]>({ kind: 'references', source }, limits));
  return 'result' in answer ? answer.result : [];
}

/** One that is too large is refused before it is read. */
const isQuick = ({ length }: Source): boolean => length <= longestInline || length > maxFileBytes;

/** Reads from a record as if nothing stood in it but what was put there. */
export const lookUp = (values: Readonly<Record<string, string>>) => (reference: string) =>
  Object.hasOwn(values, reference) ? values[reference] : undefined;

type Answer<Result> = { readonly result: Result } | { readonly exceeded: string };

async function inThread<Result>(task: AsideTask, limits: AsideLimits): Promise<Answer<Result>> {
  const worker = new Worker(new URL('./parseWorker.ts', import.meta.url), {
    workerData: task,
    resourceLimits: {
      maxOldGenerationSizeMb: limits.heapMegabytes,
      maxYoungGenerationSizeMb: youngMegabytes,
    },
  });
  const { promise, resolve, reject } = Promise.withResolvers<Answer<Result>>();
  const deadline = setTimeout(() => resolve({ exceeded: tooSlow(limits) }), limits.deadlineMs);
  worker.once('message', (result: Result) => resolve({ result }));
  worker.once('error', (error) =>
    systemCode(error) === 'ERR_WORKER_OUT_OF_MEMORY'
      ? resolve({ exceeded: tooLarge(limits) })
      : reject(error),
  );
  worker.once('exit', (code) =>
    reject(new AppError('internal', `the thread that reads files ended with ${code}`)),
  );
  try {
    return await promise;
  } finally {
    clearTimeout(deadline);
    await worker.terminate();
  }
}

const tooSlow = ({ deadlineMs }: AsideLimits) =>
  `the file takes more than ${deadlineMs / 1000} s to read; split it, or look for what should not be in it`;

const tooLarge = ({ heapMegabytes }: AsideLimits) =>
  `the file takes more than ${heapMegabytes} MiB of memory to read; split it, or look for what should not be in it`;
