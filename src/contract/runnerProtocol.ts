import { z } from 'zod';
import type { Address } from './endpoint.ts';
import type { JobAssignment } from './jobs.ts';
import { stepPhases, workflowConclusions } from './states.ts';
import { TestReport } from './testReports.ts';

// PostgreSQL takes neither NUL nor halves of surrogate pairs.
const Text = z
  .string()
  .refine((text) => text.isWellFormed() && !text.includes('\0'), 'has a character that is none');
export const Label = Text.trim().min(1).max(100);
const Id = z.coerce.number().int().positive();
const LeaseBody = z.strictObject({ id: z.number().int(), token: z.uuid() });
const At = z.iso.datetime();
const Nothing = z.undefined();

export const RunnerAnnouncement = z.strictObject({
  protocol: z.number().int(),
  name: Text.trim().min(1).max(100),
  host: Text.max(255),
  pid: z.number().int(),
  /** Null: those of its token, or the usual ones of its machine. */
  labels: z.array(Label).max(50).nullable(),
  usual_labels: z.array(Label).max(50),
  capacity: z.number().int().min(1).max(1000),
});
export type RunnerAnnouncement = z.infer<typeof RunnerAnnouncement>;

const Leases = z.strictObject({ leases: z.array(LeaseBody).max(1000) });
const Conclusion = z.enum(workflowConclusions);
const StepBegin = { number: z.number().int(), name: Text, phase: z.enum(stepPhases), at: At };
const Int = z.number().int().nullable();

const Report = z.strictObject({
  started: z.array(z.strictObject(StepBegin)),
  finished: z.array(
    z.strictObject({
      number: z.number().int(),
      outcome: Conclusion,
      conclusion: Conclusion,
      detail: Text.nullable(),
      at: At,
    }),
  ),
  skipped: z.array(z.strictObject({ ...StepBegin, condition: Text.nullable() })),
  annotations: z.array(
    z.strictObject({
      number: z.number().int(),
      step: z.number().int(),
      level: z.enum(['error', 'warning', 'notice']),
      message: Text,
      title: Text.nullable(),
      file: Text.nullable(),
      ...{ line: Int, endLine: Int, column: Int, endColumn: Int },
    }),
  ),
});

const End = z.strictObject({
  conclusion: Conclusion,
  detail: Text.nullable(),
  outputs: z.record(z.string(), Text),
  summary: Text,
  tests: TestReport.optional(),
});

const LeaseStanding = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('held') }),
  z.object({ kind: z.literal('cancelling'), reason: z.string() }),
  z.object({ kind: z.literal('lost') }),
]);

const ofRunner = z.strictObject({ id: z.uuid() });
const ofJob = z.strictObject({ job: Id });

function address<
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Response extends z.ZodType = z.ZodUndefined,
>(given: Address<Params, Query, Body, Response>): Address<Params, Query, Body, Response> {
  return given;
}

/** Below `/api/v1`; they are no part of the API for people, whose tokens do not open them. */
export const runnerProtocol = {
  register: address({
    method: 'PUT',
    path: '/runner/{id}',
    params: ofRunner,
    body: RunnerAnnouncement,
    response: z.object({ now: z.number(), lease_seconds: z.number(), labels: z.array(z.string()) }),
  }),
  lease: address({
    method: 'POST',
    path: '/runner/{id}/lease',
    params: ofRunner,
    body: Leases,
    response: z.object({ assignment: z.custom<JobAssignment>().nullable() }),
  }),
  heartbeat: address({
    method: 'POST',
    path: '/runner/{id}/heartbeat',
    params: ofRunner,
    body: Leases,
    response: z.object({
      now: z.number(),
      states: z.array(z.object({ id: z.number().int(), state: LeaseStanding })),
    }),
  }),
  /** `RunnerEvent`s as server-sent events. A runner that listens counts as alive. */
  events: address({ method: 'GET', path: '/runner/{id}/events', params: ofRunner }),
  drain: address({ method: 'POST', path: '/runner/{id}/drain', params: ofRunner, response: Nothing }),
  /** Nothing of what it ran goes on. */
  goodbye: address({ method: 'DELETE', path: '/runner/{id}', params: ofRunner, response: Nothing }),
  report: address({
    method: 'POST',
    path: '/runner/jobs/{job}/report',
    params: ofJob,
    body: Report,
    response: LeaseStanding,
  }),
  finish: address({
    method: 'POST',
    path: '/runner/jobs/{job}/finish',
    params: ofJob,
    body: End,
    response: LeaseStanding,
  }),
  release: address({
    method: 'POST',
    path: '/runner/jobs/{job}/release',
    params: ofJob,
    body: z.strictObject({ reason: Text.max(1000) }),
    response: LeaseStanding,
  }),
  /** Where the log of this lease goes on. */
  logSize: address({
    method: 'GET',
    path: '/runner/jobs/{job}/log',
    params: ofJob,
    response: z.object({ size: z.number().int() }),
  }),
  /** Bytes, as they are. A wrong offset is a conflict whose details have the right `size`. */
  appendLog: address({
    method: 'PUT',
    path: '/runner/jobs/{job}/log',
    params: ofJob,
    query: z.strictObject({ offset: z.coerce.number().int().min(0) }),
    response: z.object({ size: z.number().int() }),
  }),
};
