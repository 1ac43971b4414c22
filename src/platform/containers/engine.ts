import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../errors.ts';

/** What runs containers on this machine. */
export interface ContainerEngine {
  readonly name: 'podman' | 'docker';
  /** Begins each of its commands. */
  readonly command: readonly string[];
  /** Stand in each command that makes a container. */
  readonly limits: readonly string[];
}

export interface EngineReply {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

let detected: Promise<ContainerEngine | { refused: string }> | undefined;

/** The container engine of this machine, found out once by asking it; or why there is none. */
export function detectEngine(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<ContainerEngine | { refused: string }> {
  detected ??= detect(env);
  return detected;
}

async function detect(env: Readonly<Record<string, string | undefined>>) {
  const named = env.SLIPWAY_CONTAINER_ENGINE?.split(/\s+/).filter(Boolean) ?? [];
  const candidates = named.length > 0 ? [named] : [['podman'], ['docker']];
  const problems: string[] = [];
  for (const [program = '', ...given] of candidates) {
    const engine = engineOf(program, given);
    const format = engine.name === 'podman' ? '{{.Host.OS}}' : '{{.ServerVersion}}';
    const { code, errors } = await askEngine(engine, ['info', '--format', format], { timeoutMs: 10_000 });
    if (code === 0) return engine;
    problems.push(`${program}: ${lastLine(errors) || `it ended with ${code}`}`);
  }
  return { refused: `no container engine answers (${problems.join('; ')})` };
}

/** `given`: arguments that stand before the command; without any, those that this machine needs. */
function engineOf(program: string, given: readonly string[]): ContainerEngine {
  if (!program.endsWith('podman')) return { name: 'docker', command: [program, ...given], limits: [] };
  const own = given.length > 0 ? given : podmanArguments();
  return { name: 'podman', command: [program, ...own], limits: limitArguments() };
}

/** Without systemd nobody makes control groups for it, and crun does not know those of the first version. */
function podmanArguments(): string[] {
  const { uid = 0 } = { uid: process.getuid?.() };
  const groups = uid !== 0 || existsSync('/run/systemd/system') ? [] : ['--cgroup-manager', 'cgroupfs'];
  const runc = ['/usr/sbin/runc', '/usr/bin/runc', '/usr/local/sbin/runc'].some((path) => existsSync(path));
  const isUnified = existsSync(join('/sys/fs/cgroup', 'cgroup.controllers'));
  return [...(runc && !isUnified ? ['--runtime', 'runc'] : []), ...groups];
}

/** Podman raises these for each container to what it takes for the most, which only who may raise them can. */
function limitArguments(): string[] {
  const limits = readFileSync('/proc/self/limits', 'utf8');
  const of = (option: string, name: string, most: number) => {
    const [, hard = ''] = new RegExp(`^${name} +\\S+ +(\\S+)`, 'm').exec(limits) ?? [];
    const limit = Math.min(/^\d+$/.test(hard) ? Number(hard) : most, most);
    return ['--ulimit', `${option}=${limit}:${limit}`];
  };
  return [...of('nofile', 'Max open files', 1_048_576), ...of('nproc', 'Max processes', 32_768)];
}

/** Runs a command of the engine to its end. */
export function askEngine(
  { command }: Pick<ContainerEngine, 'command'>,
  args: readonly string[],
  { timeoutMs = 120_000, env = {}, signal }: AskOptions = {},
): Promise<EngineReply> {
  const [file = '', ...first] = command;
  const { promise, resolve } = Promise.withResolvers<EngineReply>();
  const options = {
    env: { ...clientEnv(), ...env },
    maxBuffer: 16 * 1024 * 1024,
    timeout: timeoutMs,
    signal,
  };
  execFile(file, [...first, ...args], options, (error, output, errors) => {
    if (error === null) return resolve({ code: 0, output, errors });
    const code = typeof error.code === 'number' ? error.code : 1;
    const why = systemCode(error) === 'ENOENT' ? 'it is not installed' : errors.trim() || error.message;
    resolve({ code, output, errors: why });
  });
  return promise;
}

export interface AskOptions {
  readonly timeoutMs?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** What the program of an engine needs of our own environment; what it is told for a container comes on top. */
export function clientEnv(): Record<string, string> {
  const own: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env))
    if (value !== undefined && isClientVariable(name)) own[name] = value;
  return { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', ...own };
}

/** Whether the program of an engine itself looks at this variable. */
export function isClientVariable(name: string): boolean {
  return (
    ['PATH', 'HOME', 'TMPDIR', 'STORAGE_DRIVER', 'STORAGE_OPTS', 'REGISTRY_AUTH_FILE'].includes(name) ||
    ['DOCKER_HOST', 'DOCKER_CONFIG', 'DOCKER_CONTEXT', 'DOCKER_TLS_VERIFY', 'DOCKER_CERT_PATH'].includes(
      name,
    ) ||
    /^(XDG_|LD_|CONTAINERS_|GODEBUG$|DBUS_|CONTAINER_(HOST|SSHKEY|CONNECTION)$|https?_proxy$|no_proxy$|HTTPS?_PROXY$|NO_PROXY$)/.test(
      name,
    )
  );
}

/** `-e` for each variable. The program reads their values from its environment, where nobody else sees them. */
export function envArguments(env: Readonly<Record<string, string>>): {
  args: string[];
  env: Record<string, string>;
} {
  const args: string[] = [];
  const carried: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    // What the program itself would heed must not reach it.
    if (isClientVariable(name)) args.push('-e', `${name}=${value}`);
    else {
      args.push('-e', name);
      carried[name] = value;
    }
  }
  return { args, env: carried };
}

export const lastLine = (text: string): string => text.trim().split('\n').at(-1)?.trim() ?? '';
