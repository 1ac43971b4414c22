import type { Finding } from './source.ts';

/** `file:line:column: message`. */
export const describeFinding = ({ file, at, message }: Pick<Finding, 'file' | 'at' | 'message'>): string =>
  `${file}:${at.start.line}:${at.start.column}: ${message}`;
