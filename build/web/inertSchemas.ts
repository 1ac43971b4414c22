/**
 * Stands in for zod in the browser. The web app takes paths, methods and types from the contract and leaves
 * validating to the server, so that the schemas and their 28 kB need not be loaded. Whoever tries to validate
 * here is told so.
 */
const validating = new Set(['parse', 'safeParse', 'parseAsync', 'safeParseAsync', 'decode', 'encode']);

const inert: unknown = new Proxy(() => inert, {
  get: (_target, key) => {
    if (typeof key === 'symbol') return undefined;
    if (validating.has(key)) throw new Error(`schemas are no part of the web app: ${key} cannot work here`);
    return inert;
  },
  apply: () => inert,
  ownKeys: () => [],
  getOwnPropertyDescriptor: () => undefined,
});

export const z = inert;
