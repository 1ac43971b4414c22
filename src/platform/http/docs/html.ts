/** Markup that is safe to send: made by `html` only, which escapes every value that is not markup itself. */
export class Html {
  readonly markup: string;

  constructor(strings: readonly string[], values: readonly HtmlValue[]) {
    this.markup = String.raw({ raw: strings }, ...values.map(markupOf));
  }
}

export type HtmlValue = Html | string | number | undefined | readonly HtmlValue[];

/** A template whose values are escaped; `undefined` is nothing, a list its items one after the other. */
export const html = (strings: TemplateStringsArray, ...values: HtmlValue[]): Html =>
  new Html(strings, values);

function markupOf(value: HtmlValue): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.markup;
  if (typeof value === 'string') return value.replace(/[&<>"']/g, (character) => entities[character] ?? '');
  if (typeof value === 'number') return String(value);
  return value.map(markupOf).join('');
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Puts `separator` between items. */
export function joined(items: readonly HtmlValue[], separator: HtmlValue): HtmlValue[] {
  return items.flatMap((item, index) => (index === 0 ? [item] : [separator, item]));
}

/** A line of prose in which `` `code` `` and `**bold**` are marked up. */
export function prose(text: string): HtmlValue[] {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) => {
    if (part.startsWith('`') && part.length > 2) return html`<code>${part.slice(1, -1)}</code>`;
    if (part.startsWith('**') && part.length > 4) return html`<b>${part.slice(2, -2)}</b>`;
    return part;
  });
}
