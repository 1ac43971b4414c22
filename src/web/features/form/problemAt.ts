import { ApiError } from '../../../contract/client.ts';

/** What the server says of one field (`body.inputs.version`, or one of a list there); undefined when its answer is about something else. */
export function problemAt(error: Error | null, field: string): string | undefined {
  if (!(error instanceof ApiError) || !error.message.startsWith(field)) return undefined;
  return /^(?:\[\d+\])?: (?<problem>.+)$/s.exec(error.message.slice(field.length))?.groups?.problem;
}
