import type { Trigger } from '../../language/index.ts';
import { digText } from '../events/payload.ts';
import type { WorkflowEvent } from '../events/workflowEvent.ts';
import { linesOf } from './lines.ts';
import { matchPatterns } from './matchPatterns.ts';

/** Why `paths` and `paths-ignore` keep a workflow from starting; null when they do not. Tags have no changed files. */
export function pathFilterReason({ paths, pathsIgnore }: Trigger, event: WorkflowEvent): string | null {
  const files = event.changedFiles;
  if (files === null || isTagPush(event)) return null;
  if (paths !== null && !files.some((file) => matchPatterns(paths, file).matches)) {
    return `${event.name}: no pattern of paths (${linesOf(paths)}) matches a changed file${shown(files)}`;
  }
  if (pathsIgnore === null || files.length === 0) return null;
  if (files.some((file) => !matchPatterns(pathsIgnore, file).matches)) return null;
  return `${event.name}: paths-ignore (${linesOf(pathsIgnore)}) matches every changed file${shown(files)}`;
}

function isTagPush({ name, github }: WorkflowEvent): boolean {
  return name === 'push' && digText(github, 'ref').startsWith('refs/tags/');
}

function shown(files: readonly string[]): string {
  if (files.length === 0) return ': there is none';
  const few = files.slice(0, 3).join(', ');
  return files.length <= 3 ? `: ${few}` : `: ${few} and ${files.length - 3} more`;
}
