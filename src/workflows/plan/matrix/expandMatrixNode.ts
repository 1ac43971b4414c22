import type { Range, YamlNode } from '../../language/index.ts';
import { type Evaluation, nodeOf } from '../evaluation.ts';
import type { Combination } from '../plan.ts';
import { refuse } from '../refusal.ts';
import { expandMatrix, MatrixError } from './expandMatrix.ts';

/** The combinations of a matrix as it is written. Throws `Refusal` with the place of what is wrong. */
export function expandMatrixNode(node: YamlNode, evaluation: Evaluation): Combination[] {
  try {
    return expandMatrix(nodeOf(node, evaluation));
  } catch (error) {
    if (error instanceof MatrixError)
      throw refuse('matrix', error.message, evaluation.file, placeOf(node, error.key));
    throw error;
  }
}

function placeOf(node: YamlNode, name: string | null): Range {
  if (node.kind !== 'mapping') return node.at;
  return node.entries.find(({ key }) => key.value === name)?.key.at ?? node.at;
}
