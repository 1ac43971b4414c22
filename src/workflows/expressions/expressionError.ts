/** An expression that cannot be read or evaluated. `message` is for whoever wrote it. */
export class ExpressionError extends Error {
  /** Where in the text that was given, counted from 0 in UTF-16 units; `length` is at least 1. */
  readonly offset: number;
  readonly length: number;

  constructor(message: string, offset: number, length = 1) {
    super(message);
    this.name = 'ExpressionError';
    this.offset = offset;
    this.length = Math.max(1, length);
  }
}
