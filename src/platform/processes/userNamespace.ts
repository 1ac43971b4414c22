import { type IsolationTools, isComplete } from './isolationTools.ts';
import { type NamespaceMeans, openNamespacePlace } from './namespacePlace.ts';
import { runInPlace } from './runInPlace.ts';

let detected: Promise<NamespaceMeans | { refused: string }> | undefined;

/** Whether an ordinary user can make namespaces here by a user namespace (user_namespaces(7)), found out once by trying it. */
export function detectUserNamespace(
  tools: Partial<IsolationTools>,
): Promise<NamespaceMeans | { refused: string }> {
  detected ??= detect(tools).catch((error: unknown) => {
    detected = undefined;
    throw error;
  });
  return detected;
}

async function detect(tools: Partial<IsolationTools>): Promise<NamespaceMeans | { refused: string }> {
  const [uid = 0, gid = 0] = [process.getuid?.(), process.getgid?.()];
  // In a namespace of its own, root could become nobody else: no `su`, no files of others.
  if (uid === 0) return { refused: 'root is given no user namespace' };
  if (!isComplete(tools)) return { refused: 'nor can a user namespace be made without them' };
  const reason = `in a user namespace the kernel ends a job with all it started; sudo and other programs that change the user do not work there`;
  const means = { tools, reason, user: { uid, gid } };
  const problem = await tryIt(means);
  return problem === undefined ? means : { refused: `nor do user namespaces: ${problem}` };
}

/** With all that a job needs of it: a mount over /tmp, here of itself, and a command. */
async function tryIt(means: NamespaceMeans): Promise<string | undefined> {
  const marker = `probe-${process.pid}`;
  const place = await openNamespacePlace(
    { marker, isolation: 'namespace', tmp: { directory: '/tmp', keep: [] } },
    means,
  );
  if ('refused' in place) return place.refused;
  const never = new AbortController().signal;
  let output = '';
  const end = await runInPlace(place, {
    argv: [means.tools.sh, '-c', 'exit 7'],
    cwd: '/',
    env: {},
    marker: `${marker}/1`,
    onOutput: (chunk) => {
      output += chunk.toString();
      return undefined;
    },
    stop: never,
    kill: never,
    patience: { interruptMs: 0, terminateMs: 0 },
  });
  await place.end();
  if (end.kind === 'not_started') return end.message;
  end.lingering.close();
  return end.kind === 'exited' && end.code === 7 ? undefined : output.trim() || JSON.stringify(end);
}
