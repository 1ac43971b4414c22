import { expect, it } from 'vitest';
import { runsQuery } from './filter.ts';

it.each([
  [{}, {}],
  [
    { repository: 'harbor', branch: 'main' },
    { repository: 'harbor', branch: 'main' },
  ],
  [{ state: 'open' }, { state: 'open' }],
  [{ state: 'sunk', conclusion: 'lost', sha: 'xyz' }, {}],
  [
    { conclusion: 'failure', sha: 'abcd' },
    { conclusion: 'failure', sha: 'abcd' },
  ],
])('asks for what an address means, and leaves out what it cannot mean: %#', (address, query) => {
  expect(runsQuery(address)).toEqual(query);
});
