/**
 * What runners on other machines ask of Slipway over HTTP: the calls of `JobGateway`, a stream that wakes them, the log
 * of a job by offsets, and its artifacts and caches. Spoken with a runner token (`slr_…`) only; calls about a job
 * carry its lease in `leaseHeader`. Every call is safe to repeat.
 */
export const runnerProtocolVersion = 1;

/** Proof that a runner holds the job that a call is about. */
export const leaseHeader = 'x-slipway-lease';
/** Of a chunk of a log: `offset:milliseconds` from which on each time holds, counted from the chunk's first byte. */
export const timesHeader = 'x-slipway-times';
/** Where a job's artifacts and caches are, as it sees them: what addresses are made of. */
export const servicesOriginHeader = 'x-slipway-services-origin';
/** Of the stream that wakes a runner. */
export const runnerEvents = ['work', 'drain', 'refused'] as const;
export type RunnerEvent = (typeof runnerEvents)[number];

export const mostTimesOfChunk = 400;
export const largestChunkBytes = 256 * 1024;

/** The services of a job, below `/api/v1`: whatever is under it, with any method. */
export const servicesPath = (job: number | string): string => `/runner/jobs/${job}/services`;
