import { type Contexts, contextsIn } from '../../expressions/index.ts';
import type { YamlNode } from '../../language/index.ts';
import type { FilePlan, Planning } from './filePlan.ts';

/** What can be read before anything has run. */
export function knownContexts({ frame }: Planning, { inputs }: Pick<FilePlan, 'inputs'>): Contexts {
  const { github, vars } = frame;
  return inputs === null ? { github, vars } : { github, vars, inputs };
}

/** Whether all that a piece of YAML reads is known. */
export function isKnown(node: YamlNode, contexts: Contexts): boolean {
  for (const name of contextsOf(node)) if (!(name in contexts)) return false;
  return true;
}

/** The contexts that a piece of YAML reads. */
export function* contextsOf(node: YamlNode): Generator<string> {
  switch (node.kind) {
    case 'scalar':
      if (typeof node.value === 'string') yield* contextsIn(node.value);
      return;
    case 'sequence':
      for (const item of node.items) yield* contextsOf(item);
      return;
    case 'mapping':
      for (const { key, value } of node.entries) {
        yield* contextsIn(key.value);
        yield* contextsOf(value);
      }
  }
}
