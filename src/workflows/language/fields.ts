import { hasExpression, toText, withoutBraces } from '../expressions/index.ts';
import { literalOf } from './literal.ts';
import type { TemplateEntry } from './model.ts';
import type { Located, Template, YamlEntry, YamlNode } from './source.ts';

/** The entries of a mapping; none of anything else. */
export function entriesOf(node: YamlNode | null): readonly YamlEntry[] {
  return node?.kind === 'mapping' ? node.entries : [];
}

export function itemsOf(node: YamlNode | null): readonly YamlNode[] {
  return node?.kind === 'sequence' ? node.items : [];
}

/** The value under a key, or null; null too when nothing stands there. */
export function fieldOf(node: YamlNode | null, name: string): YamlNode | null {
  const found = entriesOf(node).find(({ key }) => key.value === name)?.value ?? null;
  return found?.kind === 'scalar' && found.value === null ? null : found;
}

/** A scalar as text, as GitHub converts it: `1.0` is `1`, nothing is the empty text. */
export function textOf(node: YamlNode | null): Located<string> | null {
  return node?.kind === 'scalar' ? { value: toText(node.value), at: node.at } : null;
}

export function textField(node: YamlNode | null, name: string): Located<string> | null {
  return textOf(fieldOf(node, name));
}

/** A text that is not evaluated, as `uses` is: only `${{ 'x' }}` is read as x. */
export function plainField(node: YamlNode | null, name: string): Located<string> | null {
  const text = textField(node, name);
  return text === null ? null : { value: literalOf(text.value) ?? text.value, at: text.at };
}

export function isTrue(node: YamlNode | null): boolean {
  return node?.kind === 'scalar' && node.value === true;
}

/** A text or a list of texts as a list; null when there is nothing. */
export function textsOf(node: YamlNode | null): readonly Located<string>[] | null {
  if (node === null) return null;
  const nodes = node.kind === 'sequence' ? node.items : [node];
  return nodes.flatMap((item) => textOf(item) ?? []);
}

/** `env:` and the like. One expression for all of it becomes an insertion. */
export function templateEntries(node: YamlNode | null): readonly TemplateEntry[] {
  const whole = textOf(node);
  if (whole !== null && hasExpression(whole.value)) {
    return [{ name: { value: '${{ insert }}', at: whole.at }, text: whole }];
  }
  return entriesOf(node).flatMap(({ key, value }) => {
    const text = textOf(value);
    return text === null ? [] : [{ name: key, text }];
  });
}

/** An `if:` without its `${{ }}`, if nothing stands around it. */
export function conditionField(node: YamlNode | null, name: string): Template | null {
  const text = textField(node, name);
  return text === null || text.value.trim() === '' ? null : { value: withoutBraces(text.value), at: text.at };
}
