import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

const browserTests = 'test/browser/**/*.test.ts';

export default defineConfig({
  test: {
    globalSetup: ['test/harness/globalSetup.ts'],
    maxWorkers: 4,
    experimental: { viteModuleRunner: false, nodeLoader: false },
    projects: [
      // Alone: Chromium drops what it is loading when networks of containers come and go.
      project('browser', { include: [browserTests], sequence: { groupOrder: 0 } }),
      // Many small files that share no state: what one has imported need not be imported again.
      project('code', { include: ['src/**/*.test.ts'], isolate: false, sequence: { groupOrder: 1 } }),
      project('whole', {
        include: ['test/**/*.test.ts'],
        exclude: [browserTests],
        sequence: { groupOrder: 1 },
      }),
    ],
  },
});

type Options = NonNullable<TestProjectInlineConfiguration['test']>;

function project(name: string, options: Options): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      pool: 'forks',
      // Only what hangs shall end by them: two busy cores take their time.
      testTimeout: 180_000,
      hookTimeout: 180_000,
      expect: { poll: { timeout: 60_000 } },
      ...options,
    },
  };
}
