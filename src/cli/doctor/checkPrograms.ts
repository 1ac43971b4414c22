import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { detectIsolation } from '../../platform/processes/index.ts';
import { type Finding, missing, ok, warn } from './finding.ts';

const leastNode = 24;
/** `git fetch --porcelain`-era features that mirrors use are older than this. */
const leastGit = [2, 31] as const;

/** The programs that Slipway runs on this machine. */
export async function checkPrograms(): Promise<Finding[]> {
  return [checkNode(process.versions.node), await checkGit(), await checkSsh(), await checkIsolation()];
}

export function checkNode(version: string): Finding {
  if (Number(version.split('.')[0]) >= leastNode) return ok('node', version);
  return missing(
    'node',
    `${version}; Slipway needs ${leastNode}`,
    'run bin/setup: it installs the pinned one',
  );
}

async function checkGit(): Promise<Finding> {
  const output = await versionOf('git', ['--version']);
  const [, major, minor] = /(\d+)\.(\d+)/.exec(output ?? '') ?? [];
  if (output === undefined || major === undefined) {
    return missing('git', 'not found; no repository can be fetched', install('git'));
  }
  const version = output.replace('git version ', '');
  const [leastMajor, leastMinor] = leastGit;
  const enough = Number(major) > leastMajor || (Number(major) === leastMajor && Number(minor) >= leastMinor);
  return enough
    ? ok('git', version)
    : warn('git', `${version}; ${leastGit.join('.')} or later is tested`, install('git'));
}

async function checkSsh(): Promise<Finding> {
  const version = await versionOf('ssh', ['-V']);
  return version === undefined
    ? warn('ssh', 'not found; repositories over ssh cannot be fetched', install('openssh-client'))
    : ok('ssh', version);
}

async function checkIsolation(): Promise<Finding> {
  const { mode, reason } = await detectIsolation();
  if (mode === 'namespace') return ok('isolation', reason);
  const fix = reason.includes('missing')
    ? install('util-linux')
    : 'run Slipway as root, or allow user namespaces on this machine';
  return warn(
    'isolation',
    `process groups only: ${reason}. Steps are still ended whole, by looking for what they started`,
    fix,
  );
}

/** What a program says of its version; undefined when it cannot be run. */
async function versionOf(program: string, args: string[]): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, args, { timeout: 5000 });
    return (stdout.trim() || stderr.trim()).split('\n')[0];
  } catch {
    return undefined;
  }
}

const install = (name: string): string => `apt-get install ${name} (or your system's way)`;
