import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { api } from '../../src/contract/index.ts';
import { createTestApi, type TestApi } from './api.ts';
import { createGitClient, type GitClient } from './gitClient.ts';

/** A server that hosts repositories, and somebody with a git. */
export interface GitServerTest extends AsyncDisposable {
  readonly test: TestApi;
  readonly client: GitClient;
  /** Declares a hosted repository with an app of team web; `more` are further lines of it. */
  host(name: string, more?: string): Promise<void>;
  /** Where that repository is, with the token of a member of team web in it, or another one, or none. */
  url(name: string, token?: string | null): Promise<string>;
  /** A working copy with one commit, whose origin is that repository. */
  workingCopy(name: string): Promise<WorkingCopy>;
}

export interface WorkingCopy {
  git(...args: string[]): ReturnType<GitClient['git']>;
  must(...args: string[]): Promise<string>;
  /** Commits a file, and answers the sha. */
  commit(content?: string | Buffer, file?: string): Promise<string>;
}

export async function createGitServerTest(): Promise<GitServerTest> {
  const test = await createTestApi();
  const client = await createGitClient();
  await test.machine.call(api.createTeam, { body: { slug: 'web', name: 'Web' } });

  const url: GitServerTest['url'] = async (name, token) => {
    const sent = token === undefined ? await test.tokenOf('member', { teams: ['web'] }) : token;
    const address = new URL(`${test.address}/git/${name}.git`);
    if (sent !== null) address.password = sent;
    if (sent !== null) address.username = 'anything';
    return address.href;
  };
  return {
    test,
    client,
    url,
    async host(name, more = '') {
      const text = `
repositories:
  ${name}:${more === '' ? '' : `\n    ${more}`}
apps:
  ${name}-app:
    repository: ${name}
    team: web
    steps: [{ name: Build, run: "true" }]
    environments: { staging: }
`;
      await test.machine.call(api.applyConfiguration, { body: { text, file: 'slipway.yml' } });
    },
    async workingCopy(name) {
      const copy = `${name}-copy`;
      await mkdir(join(client.directory, copy));
      await client.must(copy, 'init', '--quiet', '--initial-branch=main');
      await client.must(copy, 'remote', 'add', 'origin', await url(name));
      const result: WorkingCopy = {
        git: (...args) => client.git(copy, ...args),
        must: (...args) => client.must(copy, ...args),
        async commit(content = `${Math.random()}`, file = 'file.txt') {
          await writeFile(join(client.directory, copy, file), content);
          await client.must(copy, 'add', '--all');
          await client.must(copy, 'commit', '--quiet', '--message', `Change ${file}`);
          return client.must(copy, 'rev-parse', 'HEAD');
        },
      };
      await result.commit('first');
      return result;
    },
    async [Symbol.asyncDispose]() {
      await test.close();
      await client[Symbol.asyncDispose]();
    },
  };
}
