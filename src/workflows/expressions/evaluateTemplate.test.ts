import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ExpressionError,
  evaluateCondition,
  evaluateNode,
  evaluateTemplate,
  evaluateText,
  type Value,
} from './index.ts';

const contexts = {
  github: {
    ref: 'refs/heads/main',
    event: { commits: [{ id: 'a', tags: ['x', 'y'] }, { id: 'b' }], number: 7, draft: false, none: null },
  },
  env: { Name: 'upper', name: 'lower' },
  matrix: { os: 'linux', 'node-version': 20, constructor: 'own' },
};

const yields: readonly [string, Value][] = [
  ["'it''s ''quoted'''", "it's 'quoted'"],
  ['github.REF', 'refs/heads/main'],
  ["GitHub['ref']", 'refs/heads/main'],
  ['env.name', 'lower'],
  ['env.NAME', null],
  ['github.event.commits.*.id', ['a', 'b']],
  ['github.event.commits.*.tags[1]', ['y']],
  ["join(github.event.commits.*.id, '+')", 'a+b'],
  ['github.event.commits[1].id', 'b'],
  ['github.event.commits[9].id.x', null],
  ['matrix.node-version', 20],
  ['matrix.constructor', 'own'],
  ['matrix.toString', null],
  ['steps.absent.outputs.x', null],
  ["'ABC' == 'abc'", true],
  ["null == ''", true],
  ["1 == '1'", true],
  ["'0x10' == 16", true],
  ["'a' < 'B'", true],
  ['NaN == NaN', false],
  ['github.event == github.event', true],
  ['github.event == 1', false],
  ['false || 0 || null', null],
  ["'' && 1", ''],
  ["github.event.draft && 'yes' || 'no'", 'no'],
  ['!github.event.commits', false],
  ["contains('Hello', 'ELL')", true],
  ["contains(fromJSON('[1, 2]'), '2')", true],
  ["startsWith(github.ref, 'REFS/')", true],
  ["endsWith('abc', 'BC')", true],
  ["format('{{{0}}} {1}', 1, true)", '{1} true'],
  ['toJSON(matrix)', '{\n  "os": "linux",\n  "node-version": 20,\n  "constructor": "own"\n}'],
  ["case(github.event.number > 5, 'many', 'few')", 'many'],
  ['1e21', 1e21],
  ['-0.5', -0.5],
  ['fromJSON(\'{"a": {"b": 1}}\').a.b', 1],
];

test.each(yields)('%s', (expression, value) => {
  expect(evaluateTemplate(`\${{ ${expression} }}`, contexts)).toEqual(value);
});

describe('text', () => {
  test.each<[string, string]>([
    ['a ${{ 1 }} b ${{ null }} c', 'a 1 b  c'],
    ["${{ '}}' }}", '}}'],
    ["${{ '${{' }}x", '${{x'],
    ['${{ github.event.commits }}', 'Array'],
    ['${{ github.event }}', 'Object'],
    ['${{ 0.1 }}${{ 1.0 }}${{ true }}', '0.11true'],
    ['$ {{ x }} }}', '$ {{ x }} }}'],
  ])('%s', (template, text) => {
    expect(evaluateText(template, contexts)).toBe(text);
  });

  test('text without expressions stays as it is, and what is put in is never read again', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, value) => {
        fc.pre(!before.includes('${{'));
        expect(evaluateText(before, {})).toBe(before);
        expect(evaluateText(`${before}\${{ matrix.x }}`, { matrix: { x: value } })).toBe(before + value);
      }),
    );
  });

  test('a quoted text is what it was, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(evaluateTemplate(`\${{ '${value.replaceAll("'", "''")}' }}`, {})).toBe(value);
      }),
    );
  });

  test('JSON comes back as it went', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const got = evaluateTemplate('${{ fromJSON(toJSON(inputs)) }}', { inputs: value as Value });
        expect(JSON.stringify(got)).toBe(
          JSON.stringify(value).replaceAll(/(?<=[[:,]|^)-0(?=[\],}]|$)/g, '0'),
        );
      }),
    );
  });
});

describe('errors', () => {
  test.each<[string, string, number]>([
    ['${{ github.ref', 'the closing `}}` is missing', 0],
    ['a ${{ }}', 'an expression is missing here', 5],
    ['${{ "x" }}', "a text stands in single quotes in an expression: `'x'`", 4],
    ['x ${{ 1 + 2 }}', 'there is no operator `+` in expressions', 8],
    ['${{ a.b }}', 'there is no context `a`', 4],
    ["${{ format('{1}', 1) }}", '`{1}` names {1}, but `format` was given 1 values, from {0} on', 4],
    ["${{ fromJSON('{') }}", '`fromJSON` was given what is no JSON: {', 4],
    ['${{ nothing() }}', 'there is no function `nothing` here', 4],
    ["${{ contains('a') }}", '`contains` takes 2 arguments, not 1', 4],
    ['${{ (1 }}', 'the closing `)` is missing', 5],
    ["${{ github['ref' }}", 'the closing `]` is missing', 11],
    ['${{ 1 = 1 }}', 'write `==` to compare; `=` means nothing here', 6],
  ])('%s', (template, message, offset) => {
    const error = catchError(() => evaluateTemplate(template, contexts));
    expect({ message: error.message, offset: error.offset }).toEqual({ message, offset });
  });

  test.each([
    ['parentheses', `${'('.repeat(1000)}1${')'.repeat(1000)}`],
    ['not', `${'!'.repeat(1000)}1`],
    ['calls', `${'toJSON('.repeat(1000)}1${')'.repeat(1000)}`],
    ['properties', `github${'.a'.repeat(1000)}`],
    ['indexes', `${'github['.repeat(1000)}1${']'.repeat(1000)}`],
    ['comparisons', `1${' == 1'.repeat(1000)}`],
  ])('%s nested 1,000 deep', (_what, expression) => {
    expect(catchError(() => evaluateTemplate(`\${{ ${expression} }}`, contexts)).message).toContain(
      'nested more than 50',
    );
  });

  test('texts that double with each call end before the memory does', () => {
    const expression = `${'toJSON('.repeat(45)}'"'${')'.repeat(45)}`;
    const format = `${"format('{0}{0}{0}{0}{0}{0}{0}{0}', ".repeat(20)}'abcdefgh'${')'.repeat(20)}`;
    expect(catchError(() => evaluateTemplate(`\${{ ${expression} }}`, {})).message).toContain('longer than');
    expect(catchError(() => evaluateTemplate(`\${{ ${format} }}`, {})).message).toContain('longer than');
  });
});

describe('conditions', () => {
  const functions = (success: boolean) => ({
    success: () => success,
    failure: () => !success,
    always: () => true,
    cancelled: () => false,
  });

  test.each<[string | null, boolean, boolean, string | null]>([
    [null, true, true, null],
    [null, false, false, null],
    ["github.ref == 'x'", true, false, "github.ref == 'x' (github.ref: 'refs/heads/main')"],
    ['github.event.number', true, true, 'github.event.number'],
    ['github.event.number', false, false, 'success() && (github.event.number) (success(): false)'],
    ['always()', false, true, 'always()'],
    [
      '${{ failure() && matrix.os }}',
      false,
      true,
      "failure() && matrix.os (failure(): true, matrix.os: 'linux')",
    ],
    ['${{ false }} && true', true, true, "${{ false }} && true (the text 'false && true')"],
    ['', true, true, null],
  ])('%s after %s', (condition, success, holds, shown) => {
    expect(evaluateCondition(condition, contexts, functions(success))).toEqual({ holds, shown });
  });
});

test('YAML is evaluated with its keys; an insertion puts in what an object has, an item that is an array its items', () => {
  const at = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
  const text = (value: string | number) => ({ kind: 'scalar', value, at }) as const;
  const entry = (key: string, value: string | number) => ({ key: { value: key, at }, value: text(value) });
  const node = {
    kind: 'mapping',
    at,
    entries: [
      entry('a', '${{ matrix.os }}'),
      entry('${{ insert }}', '${{ env }}'),
      entry('${{ matrix.os }}', 1),
    ],
  } as const;
  expect(evaluateNode(node, contexts)).toEqual({ a: 'linux', Name: 'upper', name: 'lower', linux: 1 });
  const inner = { kind: 'sequence', at, items: [text('y')] } as const;
  const list = {
    kind: 'sequence',
    at,
    items: [text('x'), text("${{ fromJSON('[1, [2]]') }}"), inner],
  } as const;
  expect(evaluateNode(list, contexts)).toEqual(['x', 1, [2], ['y']]);
});

function catchError(act: () => unknown): ExpressionError {
  try {
    act();
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
  throw new Error('expected an error');
}
