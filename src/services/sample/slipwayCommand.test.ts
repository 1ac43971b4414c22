import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot, readSettings } from '../../platform/settings.ts';
import { slipwayCommand } from './slipwayCommand.ts';

const commandIn = (environment: Record<string, string>, place: string) =>
  slipwayCommand(readSettings(environment), environment, place);

test('in the checkout it is what one types there', () => {
  expect(commandIn({}, packageRoot)).toBe('bin/slipway');
});

test('elsewhere it is the whole path', () => {
  expect(commandIn({}, '/')).toBe(join(packageRoot, 'bin/slipway'));
  expect(commandIn({ INIT_CWD: '/somewhere' }, packageRoot)).toBe(join(packageRoot, 'bin/slipway'));
});

test('a data directory of its own is named, quoted for the shell', () => {
  expect(commandIn({ SLIPWAY_DATA_DIR: "/tmp/it's here" }, packageRoot)).toBe(
    "SLIPWAY_DATA_DIR='/tmp/it'\\''s here' bin/slipway",
  );
});
