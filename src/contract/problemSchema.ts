import { z } from 'zod';
import { errorCodes, type Problem } from './problem.ts';

/** The body of every failed request, for the documentation of the API. */
export const ProblemSchema: z.ZodType<Problem> = z
  .object({
    status: z.number().int(),
    code: z.enum(errorCodes),
    title: z.string(),
    detail: z.string().meta({ description: 'What happened, where, and what to do next.' }),
    request_id: z.string(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Problem' });
