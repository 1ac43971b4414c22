import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../../../platform/errors.ts';
import { findObjects, fullNamesOf, runGit, shortSha } from '../../../platform/git/index.ts';
import { checkOutReally, type Origin, ownMark } from './checkOutReally.ts';
import { type CheckoutInputs, ownTarget, readInputs, refused, type Target } from './checkoutInputs.ts';
import type { CheckoutSettings } from './checkoutSettings.ts';
import { findOther } from './findOther.ts';
import { laterAccess } from './laterAccess.ts';
import { checkOutSubmodules } from './submodules.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface CheckedOut {
  /** As GitHub's action says it: empty for a sha. */
  readonly ref: string;
  readonly commit: string;
}

/** Does what a step with `actions/checkout` asks for; `say` takes lines for its log. Throws `AppError`, in words. */
export async function checkOut(
  settings: CheckoutSettings,
  env: Environment,
  say: (line: string) => void,
): Promise<CheckedOut> {
  const inputs = readInputs(env);
  const origin = inputs.own ? ownOrigin(inputs, settings, env) : await findOther(inputs, settings, env);
  const target = inputs.own ? await findTarget(inputs, settings, env) : { ref: inputs.ref, sha: null };
  if (inputs.own && settings.copied && target.sha === env.GITHUB_SHA && (await isUntouchedCopy(inputs))) {
    await sayKept(inputs, target, say);
    return { ref: target.ref, commit: target.sha ?? '' };
  }
  const commit = await checkOutReally(inputs, origin, target, say);
  if (inputs.submodules !== 'none') {
    const modules = inputs.own ? join(settings.commonDir, 'modules') : null;
    await checkOutSubmodules(inputs, inputs.directory, modules, say);
  }
  say(`${inputs.repository} is at ${commit}${target.ref === '' ? '' : ` (${target.ref})`}`);
  return { ref: target.ref, commit };
}

/** Named as on GitHub, and fetched from the run's own repository: steps may fetch more of it without a network. */
function ownOrigin(inputs: CheckoutInputs, { origin, server }: CheckoutSettings, env: Environment): Origin {
  return {
    url: `${env.GITHUB_SERVER_URL || 'https://github.com'}/${env.GITHUB_REPOSITORY}`,
    insteadOf: origin,
    credential: undefined,
    later: server === null ? null : laterAccess(inputs, server),
  };
}

async function findTarget(
  inputs: CheckoutInputs,
  { origin }: CheckoutSettings,
  env: Environment,
): Promise<Target> {
  const target = ownTarget(inputs, env);
  if (target !== null) return target;
  const { ref } = inputs;
  // A branch counts more than a tag here, as in the official action.
  const names = fullNamesOf(ref).reverse();
  const found = await findObjects(
    origin,
    names.map((name) => `${name}^{commit}`),
  );
  const at = found.findIndex((object) => object?.type === 'commit');
  if (at === -1)
    throw refused(`there is no branch or tag ${JSON.stringify(ref)} in the repository that is run`);
  return { ref: names[at] ?? '', sha: found[at]?.sha ?? null };
}

/** A workspace that another checkout has made is no copy any more. */
async function isUntouchedCopy({ directory, wholeWorkspace }: CheckoutInputs): Promise<boolean> {
  if (!wholeWorkspace) return false;
  try {
    return !(await readFile(join(directory, '.git', 'config'), 'utf8')).includes(ownMark);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

async function sayKept(inputs: CheckoutInputs, { sha }: Target, say: (line: string) => void): Promise<void> {
  const status = await runGit(['status', '--porcelain', '-z'], { cwd: inputs.directory });
  const changes = status
    .toString()
    .split('\0')
    .filter((line) => line !== '').length;
  const what =
    changes === 0
      ? 'nothing is changed in it'
      : `${changes} ${changes === 1 ? 'file differs' : 'files differ'} from that commit`;
  say(`The workspace stays as it is: a copy of your working tree at ${shortSha(sha ?? '')}; ${what}`);
  say('With --clean the commit alone is checked out.');
}
