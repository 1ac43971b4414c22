import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runCase } from './planCase.ts';

/**
 * Each directory of `plans/` is a workflow, what happened (`event.json`) and what comes of it (`plan.json`). With
 * UPDATE_PLANS=1 the latter is written anew; look at what changes before you commit it.
 */
const cases = fileURLToPath(new URL('plans', import.meta.url));

test.each(readdirSync(cases))('%s', (name) => {
  const expected = join(cases, name, 'plan.json');
  const found = `${JSON.stringify(runCase(join(cases, name)), null, 2)}\n`;
  if (process.env.UPDATE_PLANS === '1') writeFileSync(expected, found);
  expect(found).toBe(existsSync(expected) ? readFileSync(expected, 'utf8') : '');
});
