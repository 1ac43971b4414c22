/** What a line of output asks for. Names and the keys of properties are in lower case. */
export interface WorkflowCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** The commands that there are; other names are output like any other. */
const names: ReadonlySet<string> = new Set([
  'error',
  'warning',
  'notice',
  'group',
  'endgroup',
  'add-mask',
  'stop-commands',
  'debug',
  'add-matcher',
  'remove-matcher',
  'echo',
  'set-output',
  'save-state',
  'set-env',
  'add-path',
]);

/** Whether a command has this name, whatever its case. */
export function isCommandName(name: string): boolean {
  return names.has(name.toLowerCase());
}

/**
 * Reads `::name key=value,key=value::data` at the beginning of a line, or `##[name key=value;key=value]data`
 * anywhere in it, as actions/runner does. `token` is the one that ends a `stop-commands`. Null: no command.
 */
export function parseCommand(line: string, token: string | null): WorkflowCommand | null {
  const isKnown = (name: string) => isCommandName(name) || name.toLowerCase() === token?.toLowerCase();
  return parseColons(line, isKnown) ?? parseBrackets(line, isKnown);
}

function parseColons(line: string, isKnown: (name: string) => boolean): WorkflowCommand | null {
  const text = line.trimStart();
  if (!text.startsWith('::')) return null;
  const end = text.indexOf('::', 2);
  if (end === -1) return null;
  const { name, rest } = nameAndRest(text.slice(2, end));
  if (!isKnown(name)) return null;
  const properties = readProperties(rest.trim(), ',', unescapeProperty);
  return { name: name.toLowerCase(), properties, data: unescapeData(text.slice(end + 2)) };
}

function parseBrackets(line: string, isKnown: (name: string) => boolean): WorkflowCommand | null {
  const start = line.indexOf('##[');
  const end = start === -1 ? -1 : line.indexOf(']', start);
  if (end === -1) return null;
  const { name, rest } = nameAndRest(line.slice(start + 3, end));
  if (!isKnown(name)) return null;
  const properties = readProperties(rest, ';', unescapeBracket);
  return { name: name.toLowerCase(), properties, data: unescapeBracket(line.slice(end + 1)) };
}

function nameAndRest(text: string): { name: string; rest: string } {
  const space = text.indexOf(' ');
  if (space === -1) return { name: text, rest: '' };
  return { name: text.slice(0, space), rest: text.slice(space + 1) };
}

function readProperties(text: string, separator: string, decode: (text: string) => string) {
  const properties: Record<string, string> = {};
  for (const part of text.split(separator)) {
    const equals = part.indexOf('=');
    if (equals > 0) properties[part.slice(0, equals).trim().toLowerCase()] = decode(part.slice(equals + 1));
  }
  return properties;
}

/** `%25` goes last: `%250A` is the text `%0A`, not a new line. */
function unescapeData(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

function unescapeProperty(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');
}

function unescapeBracket(text: string): string {
  return text
    .replaceAll('%3B', ';')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%5D', ']')
    .replaceAll('%25', '%');
}
