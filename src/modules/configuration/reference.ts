import type { SecretReference } from '../../contract/configuration.ts';

const secretForm = /^\$\{secret:([a-z0-9][a-z0-9._-]{0,126})\}$/;
const environmentForm = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/;
const fileForm = /^\$\{file:(\/[^\0}]+)\}$/;

const forms = [`\${secret:NAME}`, `\${ENV_NAME}`, `\${file:/abs/path}`];

/** What is said instead of a value that is no reference. The value may be a secret: it is never repeated. */
export const referenceForms =
  'must be a reference, never the value itself: ' +
  `\`${forms[0]}\` (stored in Slipway), \`${forms[1]}\` (of the server) or \`${forms[2]}\``;

/** The reference that a text is, or null. */
export function parseReference(text: string): SecretReference | null {
  const secret = secretForm.exec(text)?.[1];
  if (secret) return { kind: 'secret', name: secret };
  const variable = environmentForm.exec(text)?.[1];
  if (variable) return { kind: 'environment', name: variable };
  const path = fileForm.exec(text)?.[1];
  return path ? { kind: 'file', path } : null;
}

/** What is wrong with a text that must be a reference, or null. */
export function referenceProblem(text: string): string | null {
  const reference = parseReference(text);
  if (reference === null) return referenceForms;
  if (reference.kind === 'environment' && isOwnVariable(reference.name)) {
    return `cannot be \`${reference.name}\`: that is a setting of Slipway itself, which no deploy may read`;
  }
  return null;
}

/** Whether a text is meant as a reference: it would reach a deploy unresolved if it stood among plain values. */
export function looksLikeReference(text: string): boolean {
  return /^\$\{(secret|file):/.test(text);
}

function isOwnVariable(name: string): boolean {
  return name.startsWith('SLIPWAY_') || name === 'DATABASE_URL';
}
