import { execFileSync } from 'node:child_process';
import { mkdir, mkdtempDisposable, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { serveGitHttp } from '../../../../test/harness/gitHttp.ts';
import { scoped } from '../../../../test/harness/scoped.ts';
import { startJob, type WrittenStep } from '../../job/testing/startJob.ts';
import { openActionSource, type RepositoryServer } from '../index.ts';

const git = (cwd: string, ...args: string[]): string =>
  execFileSync(
    'git',
    ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'protocol.file.allow=always', ...args],
    {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  ).trimEnd();

interface Place {
  readonly root: string;
  readonly shas: { readonly first: string; readonly second: string; readonly side: string };
  readonly base: string;
}

/** A checkout with two commits on main, a tag on the first, a branch beside, and a change that is not committed. */
async function checkoutOf(): Promise<Place> {
  const { path } = await scoped(mkdtempDisposable(join(await realpath(tmpdir()), 'slipway-checkout-')));
  const root = join(path, 'harbor');
  await mkdir(join(root, 'docs'), { recursive: true });
  git(root, 'init', '-q', '-b', 'main');
  const commit = async (text: string) => {
    await writeFile(join(root, 'file'), text);
    await writeFile(join(root, 'docs', 'page'), text);
    git(root, 'add', '.');
    git(root, 'commit', '-qm', text);
    return git(root, 'rev-parse', 'HEAD');
  };
  const first = await commit('first');
  git(root, 'tag', 'v1');
  git(root, 'checkout', '-q', '-b', 'side/way');
  const side = await commit('side');
  git(root, 'checkout', '-q', 'main');
  const second = await commit('second');
  await writeFile(join(root, 'file'), 'changed, not committed');
  return { root, base: path, shas: { first, second, side } };
}

/** Runs steps as `slipway workflow run` does: `actions/checkout` is the built-in one. */
async function run(
  place: Place,
  steps: WrittenStep[],
  more: {
    copied?: boolean;
    places?: string[];
    github?: object;
    serverUrl?: string;
    server?: RepositoryServer;
  } = {},
) {
  const { copied = false, places = [], github = {}, serverUrl = 'https://git.example.com' } = more;
  const { server = null } = more;
  const actions = openActionSource({
    places,
    directory: join(place.base, `actions-${Math.random()}`),
    cacheDirectory: join(place.base, 'cache'),
    checkout: { commonDir: join(place.root, '.git'), copied, server, serverUrl },
  });
  const before = git(place.root, 'status', '--porcelain=v2', '--branch') + git(place.root, 'for-each-ref');
  const workspaces: string[] = [];
  const job = await startJob(steps, {
    host: { actions, isolation: 'none' },
    spec: {
      contexts: {
        github: {
          event_name: 'push',
          ref: 'refs/heads/main',
          sha: place.shas.second,
          repository: 'acme/harbor',
          server_url: serverUrl,
          ...github,
        },
        inputs: {},
        vars: {},
        needs: {},
        strategy: {},
        matrix: {},
      },
    },
    prepare: (workspace) => {
      workspaces.push(workspace);
      if (copied) execFileSync('cp', ['-a', `${place.root}/.`, workspace]);
    },
  });
  // What is run is never touched.
  expect(git(place.root, 'status', '--porcelain=v2', '--branch') + git(place.root, 'for-each-ref')).toBe(
    before,
  );
  return job;
}

const checkout = (inputs: Record<string, string> = {}): WrittenStep => ({
  id: 'checkout',
  uses: 'actions/checkout@v4',
  with: inputs,
});
const show = (script: string): WrittenStep => ({ name: 'show', run: script });

test('a copy of the working tree stays as it is, with what is not committed', async () => {
  const place = await checkoutOf();
  for (const ref of ['', 'main']) {
    const job = await run(
      place,
      [checkout({ ref }), show('cat file; echo " ${{ steps.checkout.outputs.commit }}"')],
      { copied: true },
    );
    expect(job.conclusion).toBe('success');
    expect(job.output).toContain('The workspace stays as it is: a copy of your working tree at');
    expect(job.output).toContain('; 1 file differs from that commit');
    expect(job.output).toContain(`changed, not committed ${place.shas.second}`);
  }
});

test('another ref is checked out really, also where the workspace was a copy', async () => {
  const place = await checkoutOf();
  const job = await run(
    place,
    [
      checkout({ ref: 'v1' }),
      show('cat file; git status --short; git log --format=%H'),
      checkout(),
      show('cat file'),
    ],
    { copied: true },
  );
  expect(job.output).toContain('Deleting what was in');
  expect(job.output).toContain(`first${place.shas.first}\n`);
  // The copy is gone: what comes now is the commit.
  expect(job.output).toMatch(/second$/);
});

test('an empty workspace gets the commit, its branch, and no more history than was asked for', async () => {
  const place = await checkoutOf();
  const look = show(
    'cat file; git status --short --branch; git rev-list --count HEAD; git remote get-url --push origin; git config remote.origin.url',
  );
  const job = await run(place, [checkout(), look]);
  expect(job.output).toContain('second## main...origin/main\n1\n');
  expect(job.output).toContain('https://git.example.com/acme/harbor\n');
  const all = await run(place, [
    checkout({ 'fetch-depth': '0' }),
    show('git rev-list --count HEAD; git tag; git branch -r'),
  ]);
  expect(all.output).toContain('2\nv1\n  origin/main\n  origin/side/way\n');
  const two = await run(place, [
    checkout({ 'fetch-depth': '2', 'fetch-tags': 'true' }),
    show('git rev-list --count HEAD; git tag'),
  ]);
  expect(two.output).toContain('2\nv1\n');
});

test('branches, tags and shas, each with its outputs', async () => {
  const place = await checkoutOf();
  const { first, side } = place.shas;
  const look = show(
    'cat file; echo "=${{ steps.checkout.outputs.ref }}=${{ steps.checkout.outputs.commit }}="; git rev-parse --abbrev-ref HEAD',
  );
  for (const [ref, expected] of [
    ['side/way', `side=refs/heads/side/way=${side}=\nside/way`],
    ['refs/heads/side/way', `side=refs/heads/side/way=${side}=\nside/way`],
    ['v1', `first=refs/tags/v1=${first}=\nHEAD`],
    [first, `first==${first}=\nHEAD`],
  ] as const) {
    const job = await run(place, [checkout({ ref }), look]);
    expect(job.output).toContain(expected);
  }
  const job = await run(place, [checkout({ ref: 'nowhere' })]);
  expect(job.conclusion).toBe('failure');
  expect(job.annotations[0]?.message).toBe(
    'there is no branch or tag "nowhere" in the repository that is run',
  );
});

test('the merge of a pull request, which is no ref of the repository', async () => {
  const place = await checkoutOf();
  const job = await run(place, [checkout(), show('cat file; git rev-parse refs/remotes/pull/1/merge')], {
    github: { ref: 'refs/pull/1/merge' },
  });
  expect(job.output).toContain(`second${place.shas.second}`);
});

test('several checkouts beside each other, each by its path', async () => {
  const place = await checkoutOf();
  const steps = [
    checkout({ path: 'a' }),
    checkout({ path: 'b/c', ref: 'v1' }),
    checkout({ path: 'a' }),
    show('cat a/file b/c/file'),
  ];
  expect((await run(place, steps, { copied: true })).output).toMatch(/secondfirst$/);
  const out = await run(place, [checkout({ path: '../out' })]);
  expect(out.annotations[0]?.message).toMatch(/path: \.\.\/out is not in the workspace/);
});

test('steps fetch, commit and push without a network, and nothing of it leaves the run', async () => {
  const place = await checkoutOf();
  const script = `git fetch -q origin side/way && git log -1 --format=%s FETCH_HEAD
git fetch -q --unshallow && git rev-list --count HEAD
git -c user.name=A -c user.email=a@example.com commit -q --allow-empty -m pushed
git push -q origin HEAD:refs/heads/new && git ls-remote --heads origin new | cut -f2`;
  const job = await run(place, [checkout(), show(script)]);
  expect(job.output).toContain('side\n2\nrefs/heads/new\n');
});

test('what is pushed where the repository has a server arrives there, with the token that it takes, or fails', async () => {
  const place = await checkoutOf();
  const served = join(place.base, 'served', 'lab.git');
  git(place.base, 'clone', '-q', '--bare', place.root, served);
  git(served, 'config', 'http.receivepack', 'true');
  const server = await scoped(serveGitHttp({ root: join(place.base, 'served'), token: 'its-token' }));
  const push = async (branch: string, token: string, takesJobToken: boolean, inputs = {}) => {
    const script = `git fetch -q origin side/way; git push -q origin HEAD:refs/heads/${branch} && git ls-remote --heads origin ${branch} | cut -f2`;
    return run(place, [checkout(inputs), show(script)], {
      server: { url: `${server.url}/lab.git`, takesJobToken },
      github: { token },
    });
  };
  expect((await push('own', 'its-token', true)).output).toContain('refs/heads/own');
  expect((await push('named', 'of-job', false, { token: 'its-token' })).output).toContain('refs/heads/named');
  const before = server.authorizations.length;
  for (const inputs of [{}, { token: 'its-token', 'persist-credentials': 'false' }])
    expect((await push('lost', 'its-token', false, inputs)).conclusion).toBe('failure');
  expect(server.authorizations.slice(before).filter(Boolean)).toEqual([]);
  expect(git(served, 'for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n')).toEqual([
    'main',
    'named',
    'own',
    'side/way',
  ]);
});

test('only some directories', async () => {
  const place = await checkoutOf();
  const job = await run(place, [checkout({ 'sparse-checkout': 'docs' }), show('ls; ls docs')]);
  expect(job.output).toContain('docs\nfile\npage\n');
  const exact = await run(place, [
    checkout({ 'sparse-checkout': '/docs/', 'sparse-checkout-cone-mode': 'false' }),
    show('ls'),
  ]);
  expect(exact.output).toMatch(/\ndocs$/m);
  expect(exact.output).not.toMatch(/\nfile$/m);
});

test('submodules come from the repository that is run, if it has fetched them', async () => {
  const place = await checkoutOf();
  const library = join(place.base, 'library');
  git(place.base, 'clone', '-q', place.root, library);
  git(place.root, 'submodule', '--quiet', 'add', library, 'lib');
  git(place.root, 'config', '-f', '.gitmodules', 'submodule.lib.url', 'https://git.example.com/acme/library');
  git(place.root, 'add', '.');
  git(place.root, 'commit', '-qm', 'With a library');
  const withModule = { ...place, shas: { ...place.shas, second: git(place.root, 'rev-parse', 'HEAD') } };
  const job = await run(withModule, [
    checkout({ submodules: 'recursive' }),
    show('cat lib/file; echo; git -C lib config remote.origin.url'),
  ]);
  expect(job.output).toContain('second\nhttps://git.example.com/acme/library\n');
});

test('another repository: from a mirror or a server that was named, else not', async () => {
  const place = await checkoutOf();
  const mirror = join(place.base, 'mirror');
  await mkdir(join(mirror, 'acme'), { recursive: true });
  git(place.base, 'clone', '-q', '--bare', place.root, join(mirror, 'acme', 'tools.git'));
  const steps = [checkout({ repository: 'acme/tools', path: 'tools' }), show('cat tools/file')];
  expect((await run(place, steps, { places: [mirror] })).output).toMatch(/second$/);
  expect((await run(place, steps, { places: [`file://${mirror}`] })).output).toMatch(/second$/);
  const refused = await run(place, steps);
  expect(refused.conclusion).toBe('failure');
  expect(refused.annotations[0]?.message).toMatch(/acme\/tools is another repository .* --actions/);
});

test('what a run on this machine cannot do is refused in words', async () => {
  const place = await checkoutOf();
  const job = await run(place, [checkout({ lfs: 'true' })]);
  expect(job.annotations[0]?.message).toMatch(/^lfs: true needs a server of Git LFS/);
});

/** Does with git what the official action does: a header with the token, which its second run takes away again. */
const likeTheOfficial = `const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const git = (...args) => execFileSync('git', args, { stdio: ['ignore', 'pipe', 'inherit'] }).toString();
const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_REF: ref, GITHUB_SHA: sha } = process.env;
const header = 'http.' + server + '/.extraheader';
if (process.env.STATE_isPost) {
  git('config', '--local', '--unset-all', header);
  console.log('header taken away');
} else {
  fs.appendFileSync(process.env.GITHUB_STATE, 'isPost=true\\n');
  git('init', '-q');
  git('remote', 'add', 'origin', server + '/' + repository);
  git('config', '--local', header, 'AUTHORIZATION: basic ' + Buffer.from('x-access-token:' + process.env.INPUT_TOKEN).toString('base64'));
  git('fetch', '-q', '--no-tags', '--depth=1', 'origin', '+' + sha + ':refs/remotes/origin/main');
  git('checkout', '-q', '--force', '-B', 'main', 'refs/remotes/origin/main');
  fs.appendFileSync(process.env.GITHUB_OUTPUT, 'commit=' + git('log', '-1', '--format=%H'));
}`;

test('an action like the official one, from a mirror, against a git server on this machine', async () => {
  const place = await checkoutOf();
  const mirror = join(place.base, 'mirror');
  const action = join(mirror, 'actions', 'checkout', 'v4');
  await mkdir(action, { recursive: true });
  await writeFile(
    join(action, 'action.yml'),
    "name: Like\ninputs: { token: { default: '${{ github.token }}' } }\nruns: { using: node20, main: main.js, post: main.js }\n",
  );
  await writeFile(join(action, 'main.js'), likeTheOfficial);
  git(place.base, 'clone', '-q', '--bare', place.root, join(place.base, 'served', 'acme', 'harbor'));
  const server = await scoped(serveGitHttp({ root: join(place.base, 'served'), token: 'its-token' }));
  const steps = [
    checkout(),
    show('cat file; git status --short --branch; echo "=${{ steps.checkout.outputs.commit }}="'),
  ];
  const job = await run(place, steps, {
    places: [mirror],
    serverUrl: server.url,
    github: { token: 'its-token' },
  });
  expect(job.steps.join()).toBe(
    'Run actions/checkout@v4: success,show: success,Post Run actions/checkout@v4: success',
  );
  expect(job.output).toContain(`second## main...origin/main\n=${place.shas.second}=\nheader taken away`);
  // A server elsewhere is not asked, unless it was named: what is built in does the work.
  const elsewhere = await run(place, steps, { places: [mirror] });
  expect(elsewhere.output).toContain(`Fetching ${place.shas.second} of acme/harbor`);
});
