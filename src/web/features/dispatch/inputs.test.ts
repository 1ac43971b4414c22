import { expect, it } from 'vitest';
import type { DispatchInput } from '../../../contract/runs.ts';
import { inputsOf } from './inputs.ts';

const input = (name: string, type: DispatchInput['type']): DispatchInput => ({
  ...{ name, type, description: null, required: false, default: null, options: [] },
});

it('sends each input as its type, and leaves out what is empty so that the default holds', () => {
  const inputs = [
    input('name', 'string'),
    input('count', 'number'),
    input('dry', 'boolean'),
    input('to', 'choice'),
  ];
  const typed: Record<string, string> = {
    'input-name': '',
    'input-count': '3',
    'input-dry': 'on',
    'input-to': 'b',
  };
  const values = { exact: (name: string) => typed[name] ?? '', checked: (name: string) => name in typed };
  expect(inputsOf(inputs, values)).toEqual({ count: 3, dry: true, to: 'b' });
});
