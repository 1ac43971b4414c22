/** Every way a request can fail, as clients see it in the `code` of a problem body, with its HTTP status. */
export const httpStatusOf = {
  invalid_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  invalid_transition: 409,
  payload_too_large: 413,
  gate_blocked: 422,
  locked: 423,
  rate_limited: 429,
  upstream_failed: 502,
  unavailable: 503,
  internal: 500,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof httpStatusOf;

export const errorCodes = Object.keys(httpStatusOf) as [ErrorCode, ...ErrorCode[]];

/** The body of every failed request: RFC 9457 problem details with our `code`. */
export interface Problem {
  status: number;
  code: ErrorCode;
  title: string;
  /** What happened, where, and what to do next. */
  detail: string;
  request_id: string;
  details: Record<string, unknown>;
}

/** Whether an answer is a problem of ours: checked by hand, since clients carry no schemas. */
export function isProblem(answer: unknown): answer is Problem {
  if (typeof answer !== 'object' || answer === null) return false;
  const { status, code, title, detail, request_id, details } = answer as Partial<
    Record<keyof Problem, unknown>
  >;
  return (
    typeof status === 'number' &&
    errorCodes.some((known) => known === code) &&
    [title, detail, request_id].every((text) => typeof text === 'string') &&
    typeof details === 'object' &&
    details !== null
  );
}
