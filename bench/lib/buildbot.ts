import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { wallClock } from './clock.ts';
import { eventually } from './eventually.ts';
import { freePort } from './freePort.ts';
import type { Scratch } from './scratch.ts';

const run = promisify(execFile);

/** Whether Debian's packages buildbot and buildbot-worker are installed. */
export const hasBuildbot = (): boolean =>
  existsSync('/usr/bin/buildbot') && existsSync('/usr/bin/buildbot-worker');

/** How long a Buildbot, master and worker on this machine, takes from a change to its first command, in ms each. */
export async function delaysOfBuildbot(scratch: Scratch, rounds: number): Promise<number[]> {
  const [master, worker, out] = [
    await scratch.directory(),
    await scratch.directory(),
    await scratch.directory(),
  ];
  const [workerPort, changesPort] = [await freePort(), await freePort()];
  await run('buildbot', ['create-master', '--quiet', master]);
  await writeFile(join(master, 'master.cfg'), configuration(workerPort, changesPort, out));
  await run('buildbot-worker', [
    'create-worker',
    '--quiet',
    worker,
    `localhost:${workerPort}`,
    'bench',
    'secret',
  ]);
  for (const [program, directory] of [
    ['buildbot', master],
    ['buildbot-worker', worker],
  ] as const) {
    const child = spawn(program, ['start', '--nodaemon', directory], { stdio: 'ignore' });
    scratch.onEnd(async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    });
  }
  const samples: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const began = wallClock();
    const send = [
      'sendchange',
      '--master',
      `localhost:${changesPort}`,
      '--auth',
      'change:secret',
      '--who',
      'bench',
    ];
    await eventually('the master takes changes', () =>
      run('buildbot', [...send, '--revision', String(round), '--branch', 'main', 'file']).then(
        () => true,
        () => false,
      ),
    );
    const file = join(out, String(round));
    await eventually(`round ${round} has begun`, () => existsSync(file) || undefined, { everyMs: 2 });
    const at = await eventually(
      'it says when',
      async () => Number((await readFile(file, 'utf8')).trim()) || undefined,
    );
    // The first round waits for both to start.
    if (round > 0) samples.push(at / 1e6 - began);
  }
  return samples;
}

const configuration = (workerPort: number, changesPort: number, out: string): string => `
from buildbot.plugins import *
c = BuildmasterConfig = {}
c['workers'] = [worker.Worker('bench', 'secret')]
c['protocols'] = {'pb': {'port': ${workerPort}}}
c['change_source'] = [changes.PBChangeSource(port=${changesPort}, user='change', passwd='secret')]
c['schedulers'] = [schedulers.SingleBranchScheduler(name='all', change_filter=util.ChangeFilter(branch='main'), treeStableTimer=None, builderNames=['bench'])]
factory = util.BuildFactory()
factory.addStep(steps.ShellCommand(command=['bash', '-c', util.Interpolate('date +%%s%%N > ${out}/%(src::revision)s')]))
c['builders'] = [util.BuilderConfig(name='bench', workernames=['bench'], factory=factory)]
c['db'] = {'db_url': 'sqlite:///state.sqlite'}
c['buildbotNetUsageData'] = None
c['title'] = 'bench'
c['buildbotURL'] = 'http://localhost:1/'
`;
