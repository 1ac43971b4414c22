import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Lease } from '../../contract/runner.ts';

/** A job on another machine, as far as its artifacts and caches are concerned. */
export interface ServedJob {
  readonly lease: Lease;
  readonly job: {
    readonly id: number;
    readonly run_id: number;
    readonly repository_id: number;
    readonly ref: string;
    readonly default_branch: string | null;
  };
}

/** The artifacts and caches of jobs on other machines: the same as those of jobs on this one. */
export interface JobServices {
  answer(served: ServedJob, request: IncomingMessage, response: ServerResponse): Promise<void>;
  end(jobId: number): Promise<void>;
  close(): Promise<void>;
}
