import type { Finding } from '../language/index.ts';

export interface Rule {
  readonly severity: Finding['severity'];
  /** What it finds, in a sentence. */
  readonly summary: string;
}

const error = (summary: string): Rule => ({ severity: 'error', summary });
const warning = (summary: string): Rule => ({ severity: 'warning', summary });

/** Every rule there is, by the name that stands behind a message. */
export const rules: Readonly<Record<string, Rule>> = {
  syntax: error('The file is not YAML, or holds what cannot stand in it.'),
  'file-size': error('The file is longer than what is read.'),
  nesting: error('Values are nested too deeply.'),
  alias: error('An alias names nothing, itself, or too much.'),
  'duplicate-key': error('A key stands twice in a mapping.'),
  'unknown-key': error('A key is not known at its place.'),
  'missing-key': error('A key that is needed is missing.'),
  'unknown-value': error('A value is none of those that may stand at its place.'),
  'wrong-type': error('A value has another type than its place demands.'),
  empty: error('Something that must not be empty is.'),
  id: error('An id is malformed, or stands twice.'),
  needs: error('A job needs one that is not there.'),
  'needs-cycle': error('Jobs wait for each other in a circle.'),
  uses: error('What `uses` names is malformed, or is not there.'),
  'uses-cycle': error('Workflows call each other, or actions use each other, in a circle.'),
  filters: error('Filters of an event exclude each other, or let nothing through.'),
  expression: error('An expression cannot be read, or stands where none is evaluated.'),
  context: error('An expression reads a context that is not available at its place.'),
  function: error('An expression calls a function that is not there, or with a wrong number of arguments.'),
  inputs: error('Inputs or secrets do not agree with what declares them.'),
  shell: error('A shell is not known.'),
  cron: error('A schedule cannot be read.'),
  glob: error('A pattern of a filter cannot be read.'),
  'condition-text': error('A condition is text, and so always true.'),
  name: warning(
    'An expression reads a step, an output, an input or the like that is not there, and so nothing.',
  ),
  property: warning('An expression reads a property that looks misspelt.'),
  'object-as-text': warning('An object stands in a text, where it becomes the word `Object`.'),
  comparison: warning('An object is compared with what it can never be equal to.'),
  'cron-interval': warning('A schedule is more frequent than GitHub runs it.'),
  'glob-match': warning('A pattern of a filter can match nothing.'),
  'deprecated-command': warning('A script prints a command that runners no longer take.'),
  'script-injection': warning('Text that anybody can write becomes part of a script.'),
  'deprecated-input': warning('An input of an action is deprecated.'),
};

/** Of a rule that is not listed: an error. */
export const severityOf = (rule: string): Finding['severity'] => rules[rule]?.severity ?? 'error';
