import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../errors.ts';
import { askEngine, type ContainerEngine } from './engine.ts';
import { logsOf } from './startContainer.ts';

const pollMs = 250;
const nanosecondsInMs = 1_000_000;

/**
 * Waits until a container that has a health check passes it. Podman without systemd checks only when it is told to, so
 * each look is a check there. Throws `unavailable` when the container ends, or has no more tries.
 */
export async function waitUntilHealthy(
  engine: ContainerEngine,
  { id, name }: { readonly id: string; readonly name: string },
  signal: AbortSignal,
): Promise<void> {
  const startedAt = performance.now();
  const first = await look(engine, id);
  const check = first.Config.Healthcheck;
  if (!check || check.Test?.[0] === 'NONE' || (check.Test ?? []).length === 0) return;
  const ms = (time: number | undefined, otherwise: number) => (time ? time / nanosecondsInMs : otherwise);
  const round = ms(check.Interval, 30_000) + ms(check.Timeout, 30_000);
  const limit = ms(check.StartPeriod, 0) + (check.Retries || 3) * round;
  while (!signal.aborted) {
    if (await isHealthy(engine, id)) return;
    const { State } = await look(engine, id);
    const over = performance.now() - startedAt > limit;
    if (!State.Running || over || State.Health?.Status === 'unhealthy') {
      const what = State.Running ? 'is not healthy' : `ended with ${State.ExitCode}`;
      throw new AppError('unavailable', `the service ${name} ${what}: ${await logsOf(engine, id)}`);
    }
    await delay(pollMs);
  }
}

async function isHealthy(engine: ContainerEngine, id: string): Promise<boolean> {
  if (engine.name === 'podman') return (await askEngine(engine, ['healthcheck', 'run', id])).code === 0;
  return (await look(engine, id)).State.Health?.Status === 'healthy';
}

interface Looked {
  readonly State: {
    readonly Running: boolean;
    readonly ExitCode: number;
    readonly Health?: { readonly Status?: string } | null;
  };
  readonly Config: {
    readonly Healthcheck?: {
      readonly Test?: readonly string[];
      readonly Interval?: number;
      readonly Timeout?: number;
      readonly StartPeriod?: number;
      readonly Retries?: number;
    } | null;
  };
}

async function look(engine: ContainerEngine, id: string): Promise<Looked> {
  const { code, output, errors } = await askEngine(engine, ['inspect', id]);
  if (code !== 0) throw new AppError('unavailable', `a container cannot be looked at: ${errors}`);
  const [found] = JSON.parse(output) as [Looked];
  return found;
}
