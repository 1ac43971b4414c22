import { AppError } from '../errors.ts';
import { askEngine, type ContainerEngine, envArguments, lastLine } from './engine.ts';

export interface Mount {
  readonly source: string;
  readonly target: string;
  readonly readOnly?: boolean;
}

/** A container as it is asked for. */
export interface ContainerRequest {
  readonly image: string;
  readonly labels: readonly string[];
  readonly network: string;
  readonly alias: string | null;
  readonly mounts: readonly Mount[];
  readonly env: Readonly<Record<string, string>>;
  /** `80`, `8080:80`, `8080:80/udp`. */
  readonly ports: readonly string[];
  /** Checked already. */
  readonly options: readonly string[];
  /** Names of other containers, and their addresses. */
  readonly hosts: Readonly<Record<string, string>>;
  /** Instead of what the image starts. */
  readonly command: { readonly entrypoint: string; readonly args: readonly string[] } | null;
}

/** A container that runs. */
export interface RunningContainer {
  readonly id: string;
  /** Of its first process, as this machine counts. */
  readonly pid: number;
  readonly env: Readonly<Record<string, string>>;
  readonly address: string;
  /** Ports of this machine by ports of the container. */
  readonly ports: Readonly<Record<string, string>>;
}

/** Starts a container. Throws `unavailable` with what the engine says. */
export async function startContainer(
  engine: ContainerEngine,
  request: ContainerRequest,
): Promise<RunningContainer> {
  const { image, command } = request;
  const { args, env } = envArguments(request.env);
  const entrypoint = command === null ? [] : ['--entrypoint', command.entrypoint];
  const reply = await askEngine(
    engine,
    ['run', '-d', ...argumentsOf(engine, request), ...args, ...entrypoint, image, ...(command?.args ?? [])],
    { env },
  );
  if (reply.code !== 0)
    throw new AppError('unavailable', `no container of ${image} could be started: ${lastLine(reply.errors)}`);
  return inspect(engine, lastLine(reply.output), request.network);
}

/** What a container of this request is made with, but for its environment and its command. */
export function argumentsOf(
  engine: ContainerEngine,
  {
    labels,
    network,
    alias,
    mounts,
    ports,
    options,
    hosts,
  }: Omit<ContainerRequest, 'image' | 'env' | 'command'>,
): string[] {
  return [
    ...labels,
    ...engine.limits,
    ...(network === '' ? [] : ['--network', network]),
    ...(alias === null ? [] : ['--network-alias', alias]),
    ...mounts.flatMap((mount) => ['--mount', mountText(mount)]),
    ...ports.flatMap((port) => ['-p', onLoopback(port)]),
    ...Object.entries(hosts).flatMap(([name, address]) => ['--add-host', `${name}:${address}`]),
    ...options,
  ];
}

/** A line of CSV: paths may have commas. */
function mountText({ source, target, readOnly }: Mount): string {
  const fields = ['type=bind', `source=${source}`, `target=${target}`, ...(readOnly ? ['readonly'] : [])];
  return fields.map((field) => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',');
}

/** Ports of a job are nobody else's. */
function onLoopback(port: string): string {
  const [inner = '', outer = ''] = port.split(':').reverse();
  return `127.0.0.1:${outer}:${inner}`;
}

async function inspect(engine: ContainerEngine, id: string, network: string): Promise<RunningContainer> {
  const { code, output, errors } = await askEngine(engine, ['inspect', id]);
  if (code !== 0) throw new AppError('unavailable', `a container cannot be looked at: ${lastLine(errors)}`);
  const [found] = JSON.parse(output) as [Inspected];
  const { State, Config, NetworkSettings } = found;
  if (!State.Running) {
    const logs = await logsOf(engine, id);
    throw new AppError('unavailable', `the container ended at once, with ${State.ExitCode}: ${logs}`);
  }
  const ports: Record<string, string> = {};
  for (const [port, bound] of Object.entries(NetworkSettings.Ports ?? {}))
    if (bound?.[0]) ports[port.replace(/\/tcp$/, '')] = bound[0].HostPort;
  return {
    id,
    pid: State.Pid,
    env: Object.fromEntries((Config.Env ?? []).map(pairOf)),
    address: NetworkSettings.Networks?.[network]?.IPAddress ?? '',
    ports,
  };
}

/** What both engines answer. */
interface Inspected {
  readonly State: { readonly Running: boolean; readonly Pid: number; readonly ExitCode: number };
  readonly Config: { readonly Env: readonly string[] | null };
  readonly NetworkSettings: {
    readonly Ports: Readonly<Record<string, readonly { readonly HostPort: string }[] | null>> | null;
    readonly Networks: Readonly<Record<string, { readonly IPAddress: string }>> | null;
  };
}

const pairOf = (line: string): [string, string] => {
  const at = line.indexOf('=');
  return at === -1 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)];
};

/** The end of what a container wrote. */
export async function logsOf(engine: ContainerEngine, id: string): Promise<string> {
  const { output, errors } = await askEngine(engine, ['logs', '--tail', '20', id]);
  return `${output}${errors}`.trim() || 'it wrote nothing';
}
