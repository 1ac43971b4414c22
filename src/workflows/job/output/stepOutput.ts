import { StringDecoder } from 'node:string_decoder';
import type { Masker } from '../../../platform/masking/index.ts';
import type { Annotation } from '../../run/events.ts';
import { CommandScanner } from '../commands/commandScanner.ts';
import type { CommandOutput, LineReader, StepCommands } from '../commands/commandState.ts';
import type { Masks } from './masks.ts';
import type { Observer } from './observer.ts';

const newline = 10;
const nothing = Buffer.alloc(0);
/** A line that does not end is shown in pieces of about this size. */
const longestLineBytes = 32 * 1024;
const tailLength = 2048;

const plain = { title: null, file: null, line: null, endLine: null, column: null, endColumn: null };

export interface StepOutputOptions {
  readonly step: number;
  readonly observer: Observer;
  readonly masks: Masks;
  readonly reader: (output: StepOutput) => LineReader;
  readonly budget: LogBudget;
}

/** How much more a job may write into its log. */
export class LogBudget {
  readonly limitBytes: number;
  #left: number;
  cut = false;

  constructor(limitBytes: number | undefined) {
    this.limitBytes = limitBytes ?? Number.POSITIVE_INFINITY;
    this.#left = this.limitBytes;
  }

  /** Takes as much of these bytes as there is room for. */
  take(bytes: Buffer): Buffer {
    const taken = bytes.length <= this.#left ? bytes : bytes.subarray(0, this.#left);
    this.#left -= taken.length;
    return taken;
  }
}

/** The output of a step on its way from its processes to whoever watches: commands are carried out, secrets masked. */
export class StepOutput implements CommandOutput {
  readonly #options: StepOutputOptions;
  readonly #scanner: CommandScanner;
  readonly #decoder = new StringDecoder('utf8');
  readonly #masker: Masker;
  /** Masked; not told yet. */
  #ready: Buffer[] = [];
  #tail = '';
  /** Of the process that writes at the moment. */
  commands: StepCommands | undefined;

  constructor(options: StepOutputOptions) {
    this.#options = options;
    this.#masker = options.masks.masker();
    const reader = options.reader(this);
    this.#scanner = new CommandScanner({
      text: (bytes) => this.#mask(bytes),
      take: (line, ahead) => reader.take(line, ahead),
      get wantsLines() {
        return reader.wantsLines;
      },
    });
  }

  /** Takes output of a process as it comes. */
  write(chunk: Buffer): Promise<void> | undefined {
    this.#scanner.write(chunk);
    this.#tellLines();
    return this.#options.observer.pending;
  }

  /** A process has ended: its last line is whole. */
  async endOfProcess(): Promise<void> {
    this.#scanner.end();
    this.#tellAll();
    await this.#options.observer.pending;
  }

  /** Shows a line of our own. */
  line(text: string): void {
    this.#mask(Buffer.from(`${text}\n`));
  }

  /** Shows a message of our own, or of a command, and keeps it for the end. */
  message(annotation: Partial<Annotation> & Pick<Annotation, 'level' | 'message'>): void {
    this.line(`##[${annotation.level}]${annotation.message}`);
    this.#annotate({ ...plain, ...annotation });
  }

  error(message: string): void {
    this.message({ level: 'error', message });
  }

  warn(message: string): void {
    this.message({ level: 'warning', message });
  }

  #annotate(annotation: Annotation): void {
    const { masks, observer, step } = this.#options;
    this.#tellAll();
    const mask = (text: string | null) => (text === null ? null : masks.text(text));
    const { message, title, file } = annotation;
    void observer.tell({
      kind: 'annotation',
      step,
      ...annotation,
      message: masks.text(message),
      title: mask(title),
      file: mask(file),
    });
  }

  /** The end of what was shown, masked. */
  get tail(): string {
    return this.#tail;
  }

  #mask(bytes: Buffer): void {
    this.#add(this.#masker.write(bytes));
  }

  #add(bytes: Buffer): void {
    if (bytes.length > 0) this.#ready.push(bytes);
  }

  /** Whole lines, or a piece of one that is too long. */
  #tellLines(): void {
    if (this.#ready.length === 0) return;
    const bytes = this.#ready.length === 1 ? (this.#ready[0] ?? nothing) : Buffer.concat(this.#ready);
    const lines = bytes.lastIndexOf(newline) + 1;
    const told = bytes.length - lines > longestLineBytes ? bytes.length : lines;
    // A copy: what is kept must not keep a whole chunk in memory.
    this.#ready = told === bytes.length ? [] : [Buffer.from(bytes.subarray(told))];
    this.#tell(bytes.subarray(0, told));
  }

  #tellAll(): void {
    this.#add(this.#masker.end());
    const bytes = Buffer.concat(this.#ready);
    this.#ready = [];
    this.#tell(bytes);
  }

  #tell(bytes: Buffer): void {
    const { budget, observer, step } = this.#options;
    if (bytes.length === 0) return;
    const within = budget.take(bytes);
    let text = this.#decoder.write(within);
    if (within.length < bytes.length && !budget.cut) {
      budget.cut = true;
      text += `\n[slipway] the log is cut here: the job has written the ${budget.limitBytes} bytes that it may\n`;
    }
    if (text === '') return;
    this.#tail = text.length >= tailLength ? text.slice(-tailLength) : (this.#tail + text).slice(-tailLength);
    void observer.tell({ kind: 'output', step, text });
  }
}
