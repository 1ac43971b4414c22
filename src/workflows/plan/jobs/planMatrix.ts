import type { Contexts } from '../../expressions/index.ts';
import type { Job } from '../../language/index.ts';
import { expandMatrixNode } from '../matrix/expandMatrixNode.ts';
import { selectCombinations } from '../matrix/selectCombinations.ts';
import type { PlannedMatrix } from '../plan.ts';
import type { FilePlan, Planning } from './filePlan.ts';
import { isKnown } from './knownContexts.ts';

/** The combinations of a job, if they can be known by now. Throws `Refusal`. */
export function planMatrix(
  job: Job,
  { frame }: Planning,
  { workflow }: FilePlan,
  contexts: Contexts,
): PlannedMatrix {
  const node = job.strategy?.matrix ?? null;
  if (node === null) return { kind: 'none' };
  if (!isKnown(node, contexts)) return { kind: 'deferred', node };
  const all = expandMatrixNode(node, { file: workflow.file, contexts });
  // When `exclude` takes away every combination, GitHub runs the job once, without a matrix.
  if (all.length === 0) return { kind: 'none' };
  const place = { id: job.id.value, file: workflow.file, at: node.at };
  return { kind: 'combinations', combinations: selectCombinations(all, frame.matrixSelection, place) };
}
