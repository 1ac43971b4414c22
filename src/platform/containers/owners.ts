import { isAlive, processIdentity } from '../processes/identity.ts';
import { askEngine, type ContainerEngine } from './engine.ts';

/** Says whose a container is: the process that has to remove it. */
export const ownerLabel = 'slipway.owner';
/** Says which job it belongs to. */
export const jobLabel = 'slipway.job';

/** The labels of all that a job of this process makes. */
export function labelsOf(marker: string): string[] {
  const { pid, startTicks, bootId } = processIdentity(process.pid) ?? { pid: 0, startTicks: 0, bootId: '' };
  return ['--label', `${ownerLabel}=${pid}/${startTicks}/${bootId}`, '--label', `${jobLabel}=${marker}`];
}

/** Removes the containers and networks of a job, whatever they are doing; answers what could not be removed, in words. */
export async function removeOfJob(engine: ContainerEngine, marker: string): Promise<string | null> {
  const filter = ['--filter', `label=${jobLabel}=${marker}`];
  const containers = words((await askEngine(engine, ['ps', '-aq', ...filter])).output);
  const networks = words((await askEngine(engine, ['network', 'ls', '-q', ...filter])).output);
  return remove(engine, containers, networks);
}

/** Removes what processes left behind that are gone (`kill -9`, a reboot). Answers how many containers there were. */
export async function sweepContainers(engine: ContainerEngine): Promise<number> {
  const filter = ['--filter', `label=${ownerLabel}`];
  const left = async (list: readonly string[], inspect: readonly string[], labels: string) => {
    const ids = words((await askEngine(engine, [...list, ...filter])).output);
    if (ids.length === 0) return [];
    const format = `{{index ${labels} "${ownerLabel}"}}`;
    // One by one: one that vanishes meanwhile must not hide the others.
    const owners = await Promise.all(
      ids.map(async (id) => (await askEngine(engine, [...inspect, '--format', format, id])).output.trim()),
    );
    return ids.filter((_, index) => isGone(owners[index] ?? ''));
  };
  const containers = await left(['ps', '-aq'], ['inspect'], '.Config.Labels');
  const networks = await left(['network', 'ls', '-q'], ['network', 'inspect'], '.Labels');
  await remove(engine, containers, networks);
  return containers.length;
}

async function remove(
  engine: ContainerEngine,
  containers: readonly string[],
  networks: readonly string[],
): Promise<string | null> {
  // Docker kills at once; podman asks first, and waits.
  const now = engine.name === 'podman' ? ['--time', '0'] : [];
  const replies = [];
  if (containers.length > 0) replies.push(await askEngine(engine, ['rm', '-f', '-v', ...now, ...containers]));
  if (networks.length > 0) replies.push(await askEngine(engine, ['network', 'rm', ...networks]));
  return replies.find(({ code }) => code !== 0)?.errors ?? null;
}

function isGone(owner: string): boolean {
  const [, pid, startTicks, bootId = ''] = /^(\d+)\/(\d+)\/(\S+)$/.exec(owner) ?? [];
  if (pid === undefined) return false;
  return !isAlive({ pid: Number(pid), startTicks: Number(startTicks), bootId });
}

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);
