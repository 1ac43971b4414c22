import { childrenOf, type Expression } from '../expressions/index.ts';
import {
  type FoundExpression,
  type FoundExpressions,
  type Lines,
  placeInScalar,
  placeOf,
  type Report,
  type Step,
} from '../language/index.ts';

/** What anybody who opens an issue or a pull request can write. */
const untrusted =
  /^github\.(?:head_ref|event\.(?:issue\.(?:title|body)|pull_request\.(?:title|body|head\.(?:ref|label|repo\.default_branch))|(?:comment|review|review_comment)\.body|discussion\.(?:title|body)|pages\.\*?\.?\w*page_name|(?:head_commit|commits\.\*?\.?\w*)\.?(?:message|author\.(?:email|name))|workflow_run\.(?:head_branch|head_commit\.(?:message|author\.(?:email|name))|pull_requests\.\*?\.?\w*head\.ref)))$/;

/** What scripts should not have in them: text of strangers, and commands that runners no longer take. */
export function checkScripts({ expressions, lines }: FoundExpressions, steps: readonly Step[]): Report[] {
  const scripts = new Set(steps.flatMap((step) => scriptOf(step) ?? []));
  const injections = expressions.flatMap((found) =>
    scripts.has(found.site.text.at) ? findUntrusted(found, lines) : [],
  );
  return [...injections, ...steps.flatMap((step) => findDeprecated(step, lines))];
}

function scriptOf({ does }: Step) {
  if (does.kind === 'run') return does.script.at;
  if (does.kind !== 'uses' || !/^actions\/github-script@/i.test(does.uses.value)) return null;
  return does.with.find(({ name }) => name.value === 'script')?.text.at ?? null;
}

function findUntrusted(found: FoundExpression, lines: Lines): Report[] {
  return accessesIn(found.expression).flatMap((access) => {
    const path = pathOf(access)?.toLowerCase() ?? '';
    if (!untrusted.test(path)) return [];
    const message = `\`${path}\` is written by whoever likes, and becomes part of this script; pass it through \`env\` and read the variable`;
    return [{ rule: 'script-injection', message, at: placeOf(lines, found, access) }];
  });
}

/** Those whose text may come out: what is only compared, searched or hashed does not. */
function accessesIn(expression: Expression): Expression[] {
  if (expression.kind === 'index' || expression.kind === 'star') return [expression];
  if (expression.kind === 'call' && !/^(?:format|join|tojson|case)$/i.test(expression.name)) return [];
  if (expression.kind === 'comparison' || expression.kind === 'not') return [];
  return childrenOf(expression).flatMap(accessesIn);
}

function pathOf(expression: Expression): string | null {
  if (expression.kind === 'context') return expression.name;
  if (expression.kind === 'star') return join(expression.of, '*');
  if (expression.kind !== 'index') return null;
  const { index } = expression;
  return join(expression.of, index.kind === 'literal' && typeof index.value === 'string' ? index.value : '*');
}

function join(of: Expression, name: string): string | null {
  const path = pathOf(of);
  return path === null ? null : `${path}.${name}`;
}

const instead: Readonly<Record<string, string>> = {
  'set-output': 'echo "name=value" >> "$GITHUB_OUTPUT"',
  'save-state': 'echo "name=value" >> "$GITHUB_STATE"',
  'set-env': 'echo "NAME=value" >> "$GITHUB_ENV"',
  'add-path': 'echo "/a/path" >> "$GITHUB_PATH"',
};

function findDeprecated({ does }: Step, lines: Lines): Report[] {
  if (does.kind !== 'run') return [];
  return Array.from(
    does.script.value.matchAll(/::(set-output|save-state|set-env|add-path)\b[^\n]*?::/g),
    (match) => {
      const [written, command = ''] = match;
      const message = `runners no longer take \`::${command}::\`; write \`${instead[command]}\``;
      return {
        rule: 'deprecated-command',
        message,
        at: placeInScalar(lines, does.script, match.index, written.length),
      };
    },
  );
}
