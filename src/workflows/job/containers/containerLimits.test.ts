import { expect, test } from 'vitest';
import { withinLimits } from './containerLimits.ts';

const limits = { memoryBytes: 100 * 2 ** 20, processes: 50 };
const memory = (bytes: number) => ['--memory', String(bytes), '--memory-swap', String(bytes)];

test.each([
  { options: '', last: [...memory(104857600), '--pids-limit', '50'] },
  { options: '--memory 1g --pids-limit=-1', last: [...memory(104857600), '--pids-limit', '50'] },
  { options: '-m 20m --pids-limit 10', last: [...memory(20971520), '--pids-limit', '10'] },
  { options: '-m 1g --memory=1024kb', last: [...memory(1048576), '--pids-limit', '50'] },
  { options: '--memory=many', last: [...memory(104857600), '--pids-limit', '50'] },
])('what a container may have: $options', ({ options, last }) => {
  const words = options.split(' ').filter(Boolean);
  expect(withinLimits(words, limits)).toEqual([...words, ...last]);
  expect(withinLimits(words, {})).toEqual(words);
});
