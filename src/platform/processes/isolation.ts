import { closeSync } from 'node:fs';
import { findIsolationTools, type IsolationTools, isComplete, missingTools } from './isolationTools.ts';
import { launchInNamespace } from './namespaceTree.ts';
import { openOutputPipe } from './outputPipe.ts';
import { pumpOutput } from './outputPump.ts';

/** What this machine offers for keeping a step's processes together. */
export type Isolation = { reason: string } & (
  | { mode: 'namespace'; tools: IsolationTools }
  | { mode: 'process-group'; tools: Partial<IsolationTools> }
);

let detected: Promise<Isolation> | undefined;

/** The best isolation that works here and why, found out once by trying it. */
export function detectIsolation(): Promise<Isolation> {
  detected ??= detect().catch((error: unknown) => {
    detected = undefined;
    throw error;
  });
  return detected;
}

async function detect(): Promise<Isolation> {
  const tools = await findIsolationTools();
  if (!isComplete(tools)) {
    const missing = missingTools(tools).join(', ');
    return {
      mode: 'process-group',
      tools,
      reason: `these tools are missing: ${missing} (util-linux, coreutils)`,
    };
  }
  const problem = await tryNamespace(tools);
  if (problem === undefined) {
    return {
      mode: 'namespace',
      tools,
      reason: 'process namespaces work: the kernel ends a step with all it started',
    };
  }
  return {
    mode: 'process-group',
    tools,
    reason: `process namespaces do not work for user ${process.getuid?.()}: ${problem}`,
  };
}

async function tryNamespace(tools: IsolationTools): Promise<string | undefined> {
  const pipe = await openOutputPipe();
  let output = '';
  const pump = pumpOutput(pipe.readFd, (chunk) => {
    output += chunk.toString();
    return undefined;
  });
  const command = {
    argv: [tools.sh, '-c', 'exit 7'],
    cwd: '/',
    env: {},
    marker: 'probe',
    output: pipe.writeFd,
  };
  const launched = await launchInNamespace(command, tools);
  closeSync(pipe.writeFd);
  if ('refused' in launched) {
    pump.close();
    return launched.refused;
  }
  const exit = await launched.tree.exited;
  await launched.tree.kill();
  await pump.drain();
  return exit.kind === 'exited' && exit.code === 7 ? undefined : output.trim() || JSON.stringify(exit);
}
