import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { createShip, type Ship } from '../../test/harness/ship.ts';
import { api } from '../contract/index.ts';
import { type AnyEndpoint, apiPrefix } from '../platform/http/router.ts';

let ship: Ship;
beforeAll(async () => {
  ship = await createShip();
  await ship.ship('staging');
  // What is requested from now on is queued and not run.
  await ship.runner?.stop('the test needs it no more');
});
afterAll(() => ship.close());

const numRuns = Number(process.env.SLIPWAY_TEST_RUNS || 25);
const endpoints = Object.entries(api) as [string, AnyEndpoint][];

it.each(endpoints)(
  'whatever is sent to %s, it is answered, and never with an internal error',
  async (_, endpoint) => {
    await fc.assert(
      fc.asyncProperty(
        valuesOf(endpoint.params),
        valuesOf(endpoint.query),
        valuesOf(endpoint.body),
        async (...parts) => {
          const { status, text } = await send(endpoint, ...parts);
          expect(status, text).not.toBe(500);
          if (status >= 400)
            expect(JSON.parse(text)).toMatchObject({ status, detail: expect.stringMatching(/./) });
        },
      ),
      { numRuns, interruptAfterTimeLimit: 20_000 },
    );
  },
);

async function send(endpoint: AnyEndpoint, params: Values, query: Values, body: Values) {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(textOf(params[name])),
  );
  const search = new URLSearchParams(
    Object.fromEntries(Object.entries(query).map(([name, value]) => [name, textOf(value)])),
  );
  const leave = new AbortController();
  const response = await fetch(`${ship.api.address}${apiPrefix}${path}?${search}`, {
    method: endpoint.method,
    headers: {
      authorization: `Bearer ${ship.api.machineToken}`,
      ...(endpoint.body ? { 'content-type': 'application/json' } : {}),
    },
    ...(endpoint.body ? { body: JSON.stringify(body) } : {}),
    signal: leave.signal,
  });
  const streams = response.headers.get('content-type')?.startsWith('text/event-stream');
  const text = streams ? '' : await response.text();
  leave.abort();
  return { status: response.status, text };
}

const textOf = (value: unknown): string =>
  (typeof value === 'string' ? value.toWellFormed() : JSON.stringify(value)) || '0';

type Values = Record<string, unknown>;

/** Objects with the keys of a schema, their values nearly right or quite wrong. */
function valuesOf(schema: z.ZodType | undefined): fc.Arbitrary<Values> {
  if (!(schema instanceof z.ZodObject)) return fc.constant({});
  const keys = Object.keys(schema.shape);
  const values = keys.map((key) => [
    key,
    fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...right(key)) }, hostile),
  ]);
  return fc.record(Object.fromEntries(values), { requiredKeys: [] });
}

/** What exists under this name, or is only just possible, so that not all requests end at the door. */
const right = (key: string): unknown[] => edges[key] ?? ['1', 'harbor', 'main'];
const moments = [
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '2026-02-30T00:00:00Z',
];
const edges: Record<string, unknown[]> = {
  app: ['harbor'],
  environment: ['staging'],
  repository: ['harbor'],
  number: ['1', '2147483648'],
  ref: ['main', ':current', ':previous', 'HEAD', 'main~1', '@{-1}'],
  team: ['web'],
  since: moments,
  until: moments,
  time_zone: ['utc', '+05:30', 'US/Eastern', 'Etc/GMT+12', 'EST5EDT'],
  state: ['active', 'toString', 'queued,done'],
  to: [':previous', '#1', '1', '#99999999999'],
};

const hostile: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('harbor', '1', 1, 'main', 'deploy', 'true', ['read'], 'read', 'admin'),
  },
  fc.constantFrom('2147483648', 2147483648, '9007199254740991', '-1', '1e400', '0x10', '999999999'),
  fc.constantFrom(
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999Z',
    '2026-02-30T00:00:00Z',
    '+05:30',
    'utc',
  ),
  fc.constantFrom(
    '\0',
    '\ud800',
    '%00',
    "' or 1=1 --",
    '--upload-pack=x',
    '../../etc/passwd',
    '-1.x.1..',
    ':previous',
  ),
  fc.constantFrom(
    'toString',
    '__proto__',
    'constructor',
    'aaaa',
    'a'.repeat(40),
    `-.${'a'.repeat(40)}.999999999..x`,
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.jsonValue({ maxDepth: 2 }),
);
