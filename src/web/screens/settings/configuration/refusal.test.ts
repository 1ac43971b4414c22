import { describe, expect, test } from 'vitest';
import { ApiError } from '../../../../contract/client.ts';
import { fileRefusal, isOnlyIncomplete, offsetOf } from './refusal.ts';

const refused = (details: Record<string, unknown>) =>
  new ApiError({
    status: 400,
    code: 'invalid_input',
    title: '',
    detail: 'f.yml:1:1 no',
    request_id: '',
    details,
  });

describe('why a file was refused', () => {
  test('is each problem with its place, and the references without a value', () => {
    const problem = { file: 'f.yml', line: 2, column: 5, path: 'teams', message: 'no' };
    expect(fileRefusal(refused({ problems: [problem], unresolved: ['${A}', 3] }))).toEqual({
      problems: [problem],
      unresolved: ['${A}'],
    });
  });

  test('is nothing when the answer was about something else', () => {
    expect(fileRefusal(refused({}))).toBeUndefined();
    expect(fileRefusal(refused({ problems: [{ path: 'body', message: 'no' }] }))).toBeUndefined();
    expect(fileRefusal(new Error('no network'))).toBeUndefined();
    expect(fileRefusal(null)).toBeUndefined();
  });
});

describe('a file that only lacks what its references stand for', () => {
  const at = { line: 1, column: 1 };
  const unset = {
    ...at,
    message: 'admin: `password` refers to the environment variable `PASS`, which is not set',
  };
  const unread = { ...at, message: 'x refers to the file `/run/s`, which cannot be read' };

  test('has no other problem', () => {
    const unresolved = ['${PASS}', '${file:/run/s}'];
    expect(isOnlyIncomplete({ problems: [unset, unread], unresolved })).toBe(true);
    expect(
      isOnlyIncomplete({ problems: [unset, { ...at, message: 'unknown key `PASS`' }], unresolved }),
    ).toBe(false);
    expect(isOnlyIncomplete({ problems: [unset], unresolved: [] })).toBe(false);
  });
});

describe('a place in a text', () => {
  const text = 'teams:\n  - name: Web\n';
  test.each([
    [1, 1, 0],
    [2, 5, 11],
    [3, 1, 21],
    [9, 1, 21],
  ])('line %i, column %i is at %i', (line, column, offset) => {
    expect(offsetOf(text, { line, column })).toBe(offset);
  });
});
