import {
  type Located,
  type Report,
  readAction,
  readWorkflow,
  type Step,
  type Workflow,
} from '../language/index.ts';
import { actionAt, type FoundFile, workflowAt } from './calls.ts';
import type { FileLibrary } from './fileLibrary.ts';

/** From one file to another, where it says so. */
interface Link {
  readonly uses: Located<string>;
  readonly to: FoundFile;
  readonly verb: 'calls' | 'uses';
}

/** Calls of workflows of the same repository, and uses of its composite actions, that lead into a circle. */
export function checkCircles(
  { workflow, steps }: { readonly workflow: Workflow | null; readonly steps: readonly Step[] },
  library: FileLibrary | null,
): Report[] {
  const find = circleFinder(library);
  const links = workflow === null ? linksOfSteps(steps, library) : linksOfWorkflow(workflow, library);
  return links.flatMap(({ uses, to }) => {
    const circle = find(to);
    return circle === null ? [] : [{ rule: 'uses-cycle', message: describe(circle), at: uses.at }];
  });
}

function linksOfWorkflow({ jobs }: Workflow, library: FileLibrary | null): Link[] {
  return jobs.flatMap((job) =>
    job.kind === 'call'
      ? linkTo(job.uses, workflowAt(job.uses.value, library), 'calls')
      : linksOfSteps(job.steps, library),
  );
}

/** A step with a condition may be where a circle ends. */
function linksOfSteps(steps: readonly Step[], library: FileLibrary | null): Link[] {
  return steps.flatMap((step) =>
    step.does.kind === 'uses' && step.if === null
      ? linkTo(step.does.uses, actionAt(step.does.uses.value, library), 'uses')
      : [],
  );
}

const linkTo = (uses: Located<string>, to: FoundFile | null, verb: Link['verb']): Link[] =>
  to === null ? [] : [{ uses, to, verb }];

/** The links of a circle, in their order. */
type Circle = readonly (Link & { readonly from: string })[];

/** Plans are refused long before. */
const deepest = 100;

/** Finds a circle that a file leads into; each file is looked at once. */
function circleFinder(library: FileLibrary | null): (file: FoundFile) => Circle | null {
  const known = new Map<string, Circle | null>();
  const way: Circle[number][] = [];
  const find = (file: FoundFile): Circle | null => {
    const before = known.get(file.path);
    if (before !== undefined) return before;
    const from = way.findIndex((link) => link.from === file.path);
    if (from !== -1) return way.slice(from);
    let circle: Circle | null = null;
    for (const link of way.length < deepest ? linksOf(file, library) : []) {
      way.push({ ...link, from: file.path });
      circle ??= find(link.to);
      way.pop();
    }
    known.set(file.path, circle);
    return circle;
  };
  return find;
}

function linksOf({ path, text }: FoundFile, library: FileLibrary | null): Link[] {
  if (/(?:^|\/)action\.ya?ml$/.test(path)) {
    const runs = readAction(text, path).action?.runs;
    return runs?.kind === 'composite' ? linksOfSteps(runs.steps, library) : [];
  }
  const { workflow } = readWorkflow(text, path);
  return workflow === null ? [] : linksOfWorkflow(workflow, library);
}

function describe(circle: Circle): string {
  const [first, ...others] = circle;
  if (first === undefined) throw new Error('a circle has a link');
  const placeOf = ({ from, uses: { at } }: Circle[number]) => `(${from}:${at.start.line}:${at.start.column})`;
  if (others.length === 0) return `\`${first.from}\` ${first.verb} itself ${placeOf(first)}`;
  const what = first.verb === 'calls' ? 'workflows call' : 'actions use';
  const links = circle.map((link) => `${link.verb} \`${link.to.path}\` ${placeOf(link)}`);
  return `these ${what} each other in a circle: \`${first.from}\` ${links.join(' ')}`;
}
