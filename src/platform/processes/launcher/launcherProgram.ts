import { closeSync, openSync } from 'node:fs';
import { systemCode } from '../../errors.ts';
import type { StepPlace } from '../stepPlace.ts';
import { ownLauncher } from './launcher.ts';
import type { Answer, Request } from './messages.ts';

/** What `openLauncher` starts: does what it is told, and ends with who tells it. */
const keepers = new Map<number, StepPlace>();

process.on('message', (request: Request) => {
  void obey(request).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    tell({ id: request.id, kind: 'refused', message });
  });
});
process.on('disconnect', () => process.exit());
tell({ id: 0, kind: 'ready' });

async function obey(request: Request): Promise<void> {
  switch (request.kind) {
    case 'start':
      return start(request);
    case 'keep':
      return keep(request);
    case 'end':
      await keepers.get(request.id)?.end();
      keepers.delete(request.id);
      tell({ id: request.id, kind: 'exited', exit: { kind: 'exited', code: 0 } });
  }
}

async function start({ id, command, output }: Request & { kind: 'start' }): Promise<void> {
  const fd = openSync(output, 'w');
  const started = await ownLauncher.start({ ...command, output: fd }).finally(() => closeSync(fd));
  if ('refused' in started) return tell({ id, kind: 'refused', message: started.refused });
  tell({ id, kind: 'started', pid: started.pid });
  tell({ id, kind: 'exited', exit: await started.exited });
}

async function keep({ id, request }: Request & { kind: 'keep' }): Promise<void> {
  const keeper = await ownLauncher.keep(request);
  if ('refused' in keeper) return tell({ id, kind: 'refused', message: keeper.refused });
  keepers.set(id, keeper);
  tell({ id, kind: 'started', pid: keeper.pid });
}

/** Who does not listen any more is gone, and this process with it. */
function tell(answer: Answer): void {
  process.send?.(answer, undefined, undefined, (error) => {
    if (error !== null && systemCode(error) !== 'EPIPE' && systemCode(error) !== 'ERR_IPC_CHANNEL_CLOSED')
      throw error;
  });
}
