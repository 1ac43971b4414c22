import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  askEngine,
  type ContainerEngine,
  containerPlace,
  detectEngine,
  labelsOf,
  lastLine,
  type Mount,
  pullImage,
  type RunningContainer,
  removeOfJob,
  startContainer,
  sweepContainers,
  waitUntilHealthy,
} from '../../../platform/containers/index.ts';
import { AppError } from '../../../platform/errors.ts';
import { markerVariable, type SharedPlace } from '../../../platform/processes/index.ts';
import type { Value } from '../../expressions/index.ts';
import type { JobHost } from '../../run/jobHost.ts';
import { withinLimits } from './containerLimits.ts';
import { readVolumes } from './containerVolumes.ts';
import type { WrittenContainer } from './readContainer.ts';

/** The containers of a job. */
export interface JobContainers {
  readonly engine: ContainerEngine;
  readonly network: string;
  /** `job.container` and `job.services`. */
  readonly context: { readonly container: Value; readonly services?: Value };
  readonly hosts: Readonly<Record<string, string>>;
  /** Where steps run, if it is in one of them. */
  readonly place: SharedPlace | null;
  /** Beside that, on this machine itself: for what is a part of Slipway. */
  readonly outside?: SharedPlace;
  /** Removes all of them; answers what was left, in words. */
  end(): Promise<string | null>;
}

export interface WantedContainers {
  readonly container: WrittenContainer | null;
  readonly services: readonly WrittenContainer[];
  /** Directories of actions that steps will use. */
  readonly used: readonly string[];
  /** What `/tmp` is. */
  readonly tmp: string;
}

/** Starts the services of a job, waits for those that say when they are ready, and then starts what its steps run in. */
export async function openContainers(
  wanted: WantedContainers,
  host: JobHost,
  say: (line: string) => void,
): Promise<JobContainers> {
  const engine = await engineOrExplain();
  const network = `slipway-${host.marker.replaceAll(/[^A-Za-z0-9_.-]/g, '-')}`;
  const end = () => removeOfJob(engine, host.marker);
  try {
    await makeNetwork(engine, network, host.marker);
    return await start(wanted, { engine, network, host, say, end });
  } catch (error) {
    await end();
    throw error;
  }
}

/** The engine of this machine, with what killed runs left removed. Throws `unavailable` without one. */
async function engineOrExplain(): Promise<ContainerEngine> {
  const engine = await detectEngine();
  if ('refused' in engine)
    throw new AppError('unavailable', `this job needs a container engine, and ${engine.refused}`);
  await sweepContainers(engine);
  return engine;
}

async function makeNetwork(engine: ContainerEngine, network: string, marker: string): Promise<void> {
  const { code, errors } = await askEngine(engine, ['network', 'create', ...labelsOf(marker), network]);
  if (code !== 0) throw new AppError('unavailable', `no network could be made: ${lastLine(errors)}`);
}

interface Opening {
  readonly engine: ContainerEngine;
  readonly network: string;
  readonly host: JobHost;
  readonly say: (line: string) => void;
  readonly end: () => Promise<string | null>;
}

async function start(wanted: WantedContainers, opening: Opening): Promise<JobContainers> {
  const { engine, network, host, say, end } = opening;
  const services = new Map<string, RunningContainer>();
  for (const service of wanted.services) {
    say(`Service ${service.name}: ${service.image}`);
    services.set(service.name ?? '', await startService(service, opening));
  }
  for (const [name, { id }] of services) await waitUntilHealthy(engine, { id, name }, host.cancel);
  const hosts = Object.fromEntries(
    [...services].flatMap(([name, { address }]) => (address === '' ? [] : [[name, address]])),
  );
  const main = wanted.container === null ? null : await startMain(wanted.container, wanted, hosts, opening);
  if (wanted.container !== null) say(`Container: ${wanted.container.image}`);
  const place =
    main === null
      ? null
      : await containerPlace({
          engine,
          container: main,
          reason: `${wanted.container?.image}, by ${engine.name}`,
          launcher: host.launcher,
          end: async () => ((await end()) === null ? [] : [main.pid]),
        });
  const container = main === null ? { network } : { id: main.id, network };
  const told = [...services].map(([name, { id, ports }]) => [name, { id, network, ports }]);
  return {
    engine,
    network,
    hosts,
    context: { container, ...(told.length === 0 ? {} : { services: Object.fromEntries(told) as Value }) },
    place,
    end,
  };
}

async function startService(written: WrittenContainer, opening: Opening): Promise<RunningContainer> {
  return startContainer(opening.engine, {
    ...(await requestOf(written, opening)),
    alias: written.name,
    hosts: {},
    command: null,
  });
}

/** What does nothing, in the image of the job: its steps enter it one after the other. */
async function startMain(
  written: WrittenContainer,
  wanted: WantedContainers,
  hosts: Readonly<Record<string, string>>,
  opening: Opening,
): Promise<RunningContainer> {
  const request = await requestOf(written, opening);
  return startContainer(opening.engine, {
    ...request,
    mounts: [...mountsOf(opening.host, wanted), ...request.mounts],
    alias: null,
    hosts,
    command: { entrypoint: 'tail', args: ['-f', '/dev/null'] },
  });
}

async function requestOf(written: WrittenContainer, { engine, network, host }: Opening) {
  const { env, ports, options, volumes, name } = written;
  const where = name === null ? 'container' : `services.${name}`;
  const auth = writeCredentials(written, host);
  return {
    image: await pullImage(engine, written.image, { auth, signal: host.cancel }),
    labels: labelsOf(host.marker),
    network,
    mounts: readVolumes(volumes, host.directories, where),
    // Whoever finds this process dead ends it by its marker, also without an engine.
    env: { ...env, [markerVariable]: `${host.marker}/container` },
    ports,
    options: withinLimits(options, host.limits, engine.name),
  };
}

/** All that steps read and write lies at the same paths inside as outside. */
function mountsOf({ directories }: JobHost, { used, tmp }: WantedContainers): Mount[] {
  const { workspace, home, temporary, toolCache, visible = [] } = directories;
  const readOnly = [...new Set([...visible, dirname(process.execPath)])].filter((path) => existsSync(path));
  return [
    { source: tmp, target: '/tmp' },
    ...readOnly.map((path) => ({ source: path, target: path, readOnly: true })),
    ...[...new Set([dirname(workspace), home, temporary, toolCache, ...used])].map((path) => ({
      source: path,
      target: path,
    })),
  ];
}

/** As the programs of the engines read it; null without. */
function writeCredentials(
  { image, credentials, name }: WrittenContainer,
  { directories }: JobHost,
): string | null {
  if (credentials === null) return null;
  const directory = join(dirname(directories.temporary), 'registry', name ?? 'container');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const [first = ''] = image.split('/');
  const registry =
    image.includes('/') && /[.:]|^localhost$/.test(first) ? first : 'https://index.docker.io/v1/';
  const auth = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');
  const text = JSON.stringify({
    auths: {
      [registry]: { auth },
      ...(registry.includes('index.docker.io') ? { 'docker.io': { auth } } : {}),
    },
  });
  writeFileSync(join(directory, 'config.json'), text, { mode: 0o600 });
  return directory;
}
