import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { ReportedTest } from '../../../contract/testReports.ts';

const longestName = 500;
const longestMessage = 4000;
const deepest = 30;

/** Nothing is ever looked up or expanded: a file that declares a type or entities is refused before. */
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  attributesGroupName: '@',
  textNodeName: '#',
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  maxNestedTags: 100,
  alwaysCreateTextNode: true,
  stopNodes: ['*.system-out', '*.system-err', '*.properties'],
  isArray: (_name, _path, _leaf, isAttribute) => !isAttribute,
});

/** The tests of a JUnit file, or in words why it is none. Pure; whatever is in it, it does no harm. */
export function readJunit(text: string): ReportedTest[] | string {
  const xml = text.replace(/^\uFEFF/, '');
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml)) return 'it declares a type or entities, which no JUnit file needs';
  if (!/<testsuites?[\s>/]/.test(xml)) return 'it has no <testsuite>';
  const validity = XMLValidator.validate(xml);
  if (validity !== true) {
    const { line, col, msg } = validity.err;
    return `${line}:${col}: ${msg.split('\n')[0]}`;
  }
  try {
    const document = parser.parse(xml) as unknown;
    return [
      ...elements(document, 'testsuites').flatMap((each) => testsIn(each, [], null, 0)),
      ...suites(document, [], 0),
    ];
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  }
}

function suites(parent: unknown, above: readonly string[], depth: number): ReportedTest[] {
  if (depth > deepest) return [];
  return elements(parent, 'testsuite').flatMap((suite) => {
    const name = attribute(suite, 'name');
    const path = name === null || name === above.at(-1) ? above : [...above, name];
    const file = attribute(suite, 'file') ?? attribute(suite, 'filepath');
    return testsIn(suite, path, file, depth + 1);
  });
}

/** What stands in a suite; Node's own reporter puts tests without one directly below the root. */
function testsIn(
  parent: unknown,
  path: readonly string[],
  file: string | null,
  depth: number,
): ReportedTest[] {
  return [
    ...elements(parent, 'testcase').map((test) => testOf(test, path, file)),
    ...suites(parent, path, depth),
  ];
}

function testOf(test: unknown, path: readonly string[], suiteFile: string | null): ReportedTest {
  const [failure] = elements(test, 'failure');
  const [error] = elements(test, 'error');
  const [skipped] = elements(test, 'skipped');
  const why = failure ?? error ?? skipped;
  const line = Number(attribute(test, 'line') ?? attribute(test, 'lineno') ?? Number.NaN);
  const seconds = Number((attribute(test, 'time') ?? '').replaceAll(',', '') || Number.NaN);
  return {
    suite: short(attribute(test, 'classname') ?? path.join(' › '), longestName),
    name: short(attribute(test, 'name') ?? 'without a name', longestName),
    file: shortOrNull(attribute(test, 'file') ?? suiteFile),
    line: Number.isInteger(line) && line > 0 && line < 2 ** 31 ? line : null,
    state: failure ? 'failed' : error ? 'error' : skipped ? 'skipped' : 'passed',
    message: why === undefined ? null : messageOf(why),
    seconds: Number.isFinite(seconds) && seconds >= 0 ? seconds : null,
  };
}

/** What is said in short, then what is said at length when that does not have it; some put all lines into one. */
function messageOf(why: unknown): string | null {
  const summary = attribute(why, 'message') ?? '';
  const text = decode(textOf(why)).trim();
  const whole = unspaced(text).includes(unspaced(summary)) ? text : `${summary}\n${text}`;
  return short(whole.trim(), longestMessage) || null;
}

const unspaced = (text: string): string => text.replace(/\s+/g, '');

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function elements(parent: unknown, name: string): unknown[] {
  const found = isRecord(parent) && Object.hasOwn(parent, name) ? parent[name] : undefined;
  return Array.isArray(found) ? found : [];
}

function attribute(element: unknown, name: string): string | null {
  const group = isRecord(element) ? element['@'] : undefined;
  const value = isRecord(group) && Object.hasOwn(group, name) ? group[name] : undefined;
  return typeof value === 'string' && value.trim() !== '' ? decode(value) : null;
}

function textOf(element: unknown): string {
  const text = isRecord(element) ? element['#'] : element;
  return Array.isArray(text) ? text.join('') : typeof text === 'string' ? text : '';
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The five entities that XML itself has, and characters by number; any other stays as it is written. */
const decode = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|amp|quot|apos));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[String(name).toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

const shortOrNull = (text: string | null): string | null => (text === null ? null : short(text, longestName));

/** PostgreSQL's texts have no NUL; colours of a terminal are for terminals. */
function short(text: string, length: number): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
  const clean = text.replace(/\u001b\[[\d;]*m/g, '').replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
  return (clean.length <= length ? clean : `${clean.slice(0, length - 1)}…`).toWellFormed();
}
