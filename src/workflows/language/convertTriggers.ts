import { toText } from '../expressions/index.ts';
import { entriesOf, fieldOf, isTrue, itemsOf, textField, textOf, textsOf } from './fields.ts';
import type { InputDefinition, Trigger } from './model.ts';
import type { Located, YamlNode } from './source.ts';

/** What stands under `on:`, in any of its three forms. */
export function convertTriggers(node: YamlNode | null): readonly Trigger[] {
  if (node?.kind === 'mapping') return node.entries.map(({ key, value }) => convertTrigger(key, value));
  return (textsOf(node) ?? []).map((event) => convertTrigger(event, null));
}

function convertTrigger(event: Located<string>, node: YamlNode | null): Trigger {
  const texts = (name: string) => textsOf(fieldOf(node, name));
  return {
    event,
    types: texts('types'),
    branches: texts('branches'),
    branchesIgnore: texts('branches-ignore'),
    tags: texts('tags'),
    tagsIgnore: texts('tags-ignore'),
    paths: texts('paths'),
    pathsIgnore: texts('paths-ignore'),
    workflows: texts('workflows'),
    crons: event.value === 'schedule' ? convertCrons(node) : [],
    inputs: entriesOf(fieldOf(node, 'inputs')).map(({ key, value }) => convertInput(key, value)),
    secrets: entriesOf(fieldOf(node, 'secrets')).map(({ key, value }) => ({
      name: key,
      required: isTrue(fieldOf(value, 'required')),
    })),
    outputs: entriesOf(fieldOf(node, 'outputs')).flatMap(({ key, value }) => {
      const text = textField(value, 'value');
      return text === null ? [] : [{ name: key, text }];
    }),
  };
}

function convertCrons(node: YamlNode | null): Trigger['crons'] {
  return itemsOf(node).flatMap((item) => {
    const cron = textField(item, 'cron');
    return cron === null ? [] : [{ cron, timezone: textField(item, 'timezone') }];
  });
}

const inputTypes = ['string', 'boolean', 'number', 'choice', 'environment'] as const;

function convertInput(name: Located<string>, node: YamlNode): InputDefinition {
  const type = textField(node, 'type')?.value;
  return {
    name,
    description: textField(node, 'description')?.value ?? null,
    type: inputTypes.find((known) => known === type) ?? 'string',
    required: isTrue(fieldOf(node, 'required')),
    default: fieldOf(node, 'default'),
    options: itemsOf(fieldOf(node, 'options')).map((option) => toText(textOf(option)?.value ?? '')),
  };
}
