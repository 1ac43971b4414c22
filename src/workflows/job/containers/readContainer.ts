import { AppError } from '../../../platform/errors.ts';
import { type Contexts, evaluateNode, toText, type Value } from '../../expressions/index.ts';
import type { YamlNode } from '../../language/source.ts';
import { readOptions } from './containerOptions.ts';

/** A container as a workflow asks for it, evaluated and checked. */
export interface WrittenContainer {
  /** Of a service: its id. */
  readonly name: string | null;
  readonly image: string;
  readonly env: Readonly<Record<string, string>>;
  readonly ports: readonly string[];
  readonly volumes: readonly string[];
  readonly options: readonly string[];
  readonly credentials: { readonly username: string; readonly password: string } | null;
}

/** Reads `container:`; null without an image. Throws `invalid_input`, and `ExpressionError`. */
export function readContainer(
  node: YamlNode | null,
  contexts: Contexts,
  name: string | null = null,
): WrittenContainer | null {
  const where = name === null ? 'container' : `services.${name}`;
  const value = node === null ? null : evaluateNode(node, contexts);
  const record: Readonly<Record<string, Value>> = isRecord(value) ? value : { image: value };
  const image = toText(record.image ?? null)
    .trim()
    .replace(/^docker:\/\//, '');
  if (image === '') return null;
  const ports = listOf(record.ports ?? null);
  const wrong = ports.find((port) => !/^(\d+(-\d+)?:)?\d+(-\d+)?(\/(tcp|udp))?$/.test(port));
  if (wrong !== undefined)
    throw new AppError('invalid_input', `${where}: ${wrong} is no port: write 80, 8080:80 or 8080:80/udp`);
  return {
    name,
    image,
    env: recordOf(record.env ?? null),
    ports,
    volumes: listOf(record.volumes ?? null),
    options: readOptions(toText(record.options ?? null), where),
    credentials: credentialsOf(record.credentials ?? null),
  };
}

/** Reads `services:`, in their order; those without an image are none. */
export function readServices(node: YamlNode | null, contexts: Contexts): WrittenContainer[] {
  if (node?.kind !== 'mapping') return [];
  return node.entries.flatMap(({ key, value }) => {
    if (/^[A-Za-z_][\w-]*$/.test(key.value)) return readContainer(value, contexts, key.value) ?? [];
    throw new AppError('invalid_input', `services: ${JSON.stringify(key.value)} is no name of a service`);
  });
}

const isRecord = (value: Value): value is Readonly<Record<string, Value>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

function listOf(value: Value): string[] {
  if (value === null || value === '') return [];
  return (Array.isArray(value) ? value : [value]).map((item: Value) => toText(item));
}

function recordOf(value: Value): Record<string, string> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, toText(text)]));
}

function credentialsOf(value: Value): WrittenContainer['credentials'] {
  const { username = '', password = '' } = recordOf(value);
  return username === '' || password === '' ? null : { username, password };
}
