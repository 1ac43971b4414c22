import type { YamlNode } from '../language/source.ts';
import { isComposite } from './conversions.ts';
import { evaluateTemplate, evaluateText } from './evaluateTemplate.ts';
import type { Functions } from './functions.ts';
import type { Contexts, Value } from './value.ts';

const insertion = /^\$\{\{\s*insert\s*\}\}$/;

/**
 * YAML with its expressions evaluated, keys too. `${{ insert }}: ${{ x }}` puts the entries of the object `x` in its
 * place, and an item `${{ x }}` that is an array all of its items. Throws `ExpressionError`, with an offset in the scalar that it stands in.
 */
export function evaluateNode(node: YamlNode, contexts: Contexts, functions: Functions = {}): Value {
  switch (node.kind) {
    case 'scalar':
      return typeof node.value === 'string' ? evaluateTemplate(node.value, contexts, functions) : node.value;
    case 'sequence':
      return node.items.flatMap((item) => {
        const evaluated = evaluateNode(item, contexts, functions);
        return item.kind === 'scalar' ? evaluated : [evaluated];
      });
    case 'mapping':
      return Object.fromEntries(
        node.entries.flatMap(({ key, value }): (readonly [string, Value])[] => {
          const evaluated = evaluateNode(value, contexts, functions);
          if (!insertion.test(key.value)) return [[evaluateText(key.value, contexts, functions), evaluated]];
          return isComposite(evaluated) && !Array.isArray(evaluated) ? Object.entries(evaluated) : [];
        }),
      );
  }
}
