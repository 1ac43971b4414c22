import { AppError } from '../../../platform/errors.ts';

/** A request of Twirp's JSON form: fields by their names in the protocol, or in camel case. */
export interface TwirpFields {
  text(name: string): string;
  texts(name: string): string[];
  /** Null when it is not there. */
  optional(name: string): string | null;
}

/** A method of a service: what it answers is sent as JSON. */
export type TwirpMethod = (fields: TwirpFields) => Promise<object>;
export type TwirpService = Readonly<Record<string, TwirpMethod>>;

/** Reads the JSON of a request; throws `invalid_input` when it is none, or lacks what a method asks for. */
export function readFields(body: string): TwirpFields {
  const values = parse(body);
  const optional = (name: string) => {
    const value = values[name] ?? values[camel(name)];
    if (value === undefined || value === null) return null;
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    throw new AppError('invalid_input', `${name} is no text`);
  };
  return {
    optional,
    text: (name) => {
      const value = optional(name);
      if (value === null || value === '') throw new AppError('invalid_input', `${name} is missing`);
      return value;
    },
    texts: (name) => {
      const value = values[name] ?? values[camel(name)] ?? [];
      if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
      throw new AppError('invalid_input', `${name} is no list of texts`);
    },
  };
}

function parse(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new AppError('invalid_input', 'the request is not JSON; nothing else is spoken here');
}

const camel = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

/** Twirp's codes with their HTTP status. */
export function twirpError(error: AppError): { status: number; body: { code: string; msg: string } } {
  const [status, code] = codes[error.code] ?? [500, 'internal'];
  return { status, body: { code, msg: error.message } };
}

const codes: Readonly<Record<string, readonly [number, string]>> = {
  invalid_input: [400, 'invalid_argument'],
  unauthenticated: [401, 'unauthenticated'],
  forbidden: [403, 'permission_denied'],
  not_found: [404, 'not_found'],
  conflict: [409, 'already_exists'],
  payload_too_large: [413, 'resource_exhausted'],
  unavailable: [503, 'unavailable'],
};
