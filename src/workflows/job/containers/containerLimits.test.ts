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
  expect(withinLimits(words, limits, 'podman')).toEqual([...words, ...last]);
});

test.each([
  { options: '', podman: [], docker: ['--pids-limit', '8192'] },
  { options: '--cpus 2 --memory 1g', podman: [], docker: ['--pids-limit', '8192'] },
  ...['-1', '0', '9000', 'many'].map((count) => ({
    options: `--pids-limit ${count}`,
    podman: ['--pids-limit', '8192'],
    docker: ['--pids-limit', '8192'],
  })),
  { options: '--pids-limit=10', podman: ['--pids-limit', '10'], docker: ['--pids-limit', '10'] },
])('what a container may have without limits of the run: $options', ({ options, podman, docker }) => {
  const words = options.split(' ').filter(Boolean);
  expect(withinLimits(words, {}, 'podman')).toEqual([...words, ...podman]);
  expect(withinLimits(words, {}, 'docker')).toEqual([...words, ...docker]);
});
