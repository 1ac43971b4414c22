import { expect, test } from 'vitest';
import { firstFailingLine } from './firstFailingLine.ts';

const red = (text: string) => `\u001b[31m${text}\u001b[39m`;

test.each<[string, string[], string | null]>([
  [
    'what an error command says',
    ['FAIL a', '##[error]expected 3, got 4', '##[error]later'],
    'expected 3, got 4',
  ],
  ['TAP', ['ok 1 - a', 'not ok 2 - b # TODO', 'not ok 3 - high water', '# fail 1'], 'not ok 3 - high water'],
  [
    'node',
    ['✔ one', '✖ high water (2ms)', '✖ failing tests:', '  AssertionError [ERR_ASSERTION]: x'],
    '✖ high water (2ms)',
  ],
  [
    'vitest, coloured',
    [red(' FAIL  a.test.ts > tides'), red('AssertionError: expected 3 to be 4')],
    'AssertionError: expected 3 to be 4',
  ],
  [
    'gcc',
    ['cc a.c', 'a.c:3:5: error: x undeclared', 'make: *** [all] Error 1'],
    'a.c:3:5: error: x undeclared',
  ],
  ['tsc', ['src/a.ts(3,5): error TS2345: no'], 'src/a.ts(3,5): error TS2345: no'],
  ['rustc', ['error[E0382]: borrow of moved value', '  --> a.rs:3'], 'error[E0382]: borrow of moved value'],
  [
    'go',
    ['=== RUN TestTides', '--- FAIL: TestTides (0.00s)', '    a_test.go:3: got 4', 'FAIL'],
    '--- FAIL: TestTides (0.00s)',
  ],
  ['pytest', ['>   assert 3 == 4', 'E   assert 3 == 4', 'FAILED a.py::test'], 'E   assert 3 == 4'],
  [
    'a traceback',
    ['Traceback (most recent call last):', '  File "a.py", line 1', 'ValueError: no tide'],
    'ValueError: no tide',
  ],
  [
    'a shell',
    ['line', '/x/run.sh: line 3: nope: command not found'],
    '/x/run.sh: line 3: nope: command not found',
  ],
  ['npm at the end', ['building', 'no such module: tides', 'npm ERR! code 1', ''], 'no such module: tides'],
  ['only noise', ['npm ERR! code 1', '✗ exit code 1'], 'npm ERR! code 1'],
  ['nothing known: the last line', ['one', 'two', '', '✗ exit code 1'], 'two'],
  ['a progress line that was overwritten', ['10 %\r20 %\rstopped at 20 %'], 'stopped at 20 %'],
  ['nothing', [], null],
  ['nothing but its end', ['', '✗ exit code 1'], null],
  ['something long', ['x'.repeat(5000)], `${'x'.repeat(299)}…`],
  ['what a terminal obeys', ['Error: a\u0007b\u001b]0;title\u0007c'], 'Error: a bc'],
])('%s', (_, lines, line) => {
  expect(firstFailingLine(lines)).toBe(line);
});
