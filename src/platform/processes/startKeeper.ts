import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { systemCode } from '../errors.ts';
import type { IsolationTools } from './isolationTools.ts';
import { exitOf, spawnOrExplain } from './processTree.ts';
import { markerVariable } from './step.ts';
import type { StepPlace } from './stepPlace.ts';

/** What is mounted where, in this order. */
export type Binds = readonly (readonly [source: string, target: string])[];

/** Mounts the pairs before `--`, becomes what stands behind it. */
const mountAndBecome =
  'while [ "$1" != -- ]; do mount --rbind "$1" "$2" || exit; shift 2; done; shift; exec "$@"';

/**
 * Makes a namespace for commands that bear this marker, or says why it cannot. With `binds` it is one of mounts
 * too, and has a /proc of its own. With `ownUsers` it is one of users too, in which whoever calls is root.
 */
export async function startKeeper(
  marker: string,
  tools: IsolationTools,
  binds?: Binds,
  ownUsers = false,
): Promise<StepPlace | { refused: string }> {
  // Slave: what is mounted on the machine meanwhile is seen, what is mounted here stays here.
  const own = binds ? ['--mount', '--mount-proc', '--propagation', 'slave'] : [];
  const guard = [tools.setpriv, '--pdeathsig', 'KILL'];
  const users = ownUsers ? ['--user', '--map-root-user'] : [];
  const enter = [tools.unshare, ...users, '--pid', '--fork', '--kill-child', ...own, '--'];
  const prepare = binds ? [tools.sh, '-c', mountAndBecome, 'sh', ...binds.flat(), '--'] : [];
  // A process that ignores SIGCHLD has no zombies: the kernel buries the orphans that it inherits.
  const idle = [tools.env, '--ignore-signal=CHLD', tools.cat];
  const started = await spawnOrExplain([...guard, ...enter, ...prepare, ...idle], {
    cwd: '/',
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', [markerVariable]: marker },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  if ('refused' in started) return started;
  const { child } = started;
  const exited = exitOf(child);
  const problem = await firstAnswer(child);
  if (problem !== undefined) return { refused: `no process namespace could be made: ${problem}` };
  const pid = child.pid ?? 0;
  const end = async () => {
    child.stdin?.destroy();
    // What runs inside may hold the input open; process 1 obeys KILL from outside only.
    killChildOf(pid);
    await exited;
  };
  return { pid, end };
}

/** Undefined once the keeper echoes, and so runs in its namespace; else what was said instead. */
async function firstAnswer({ stdin, stdout, stderr }: ChildProcess): Promise<string | undefined> {
  if (!stdin || !stdout || !stderr) return 'its pipes are missing';
  let complaint = '';
  stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  // The keeper may be gone before this arrives; its output then ends without an echo, which is the answer.
  stdin.on('error', () => undefined);
  stdin.write('\n');
  const isReady = await Promise.race([
    once(stdout, 'data').then(() => true),
    once(stdout, 'end').then(() => false),
  ]);
  if (isReady) return undefined;
  if (!stderr.readableEnded) await once(stderr, 'end');
  return complaint.trim() || 'the keeper ended at once';
}

function killChildOf(pid: number): void {
  try {
    const [child = ''] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
    if (child !== '') process.kill(Number(child), 'SIGKILL');
  } catch (error) {
    // It has ended meanwhile.
    if (systemCode(error) !== 'ENOENT' && systemCode(error) !== 'ESRCH') throw error;
  }
}
