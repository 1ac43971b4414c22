export { findBeginnings } from './findBeginnings.ts';
export { followLog } from './followLog.ts';
export type { LogChunk } from './logTail.ts';
export { appendLine, type LogWriter, openLogWriter } from './logWriter.ts';
export { type LogExtent, readLogExtent } from './readExtent.ts';
export { type LogLine, longestLineBytes, readLogLines } from './readLines.ts';
export { type LogRange, largestRangeBytes, logSize, readLogRange } from './readRange.ts';
export { searchLog } from './searchLog.ts';
