import { AppError } from '../../../platform/errors.ts';
import { splitArguments } from '../shell/splitArguments.ts';

/** Options with a value that change nothing outside of the container. */
const withValue: ReadonlySet<string> = new Set([
  '--add-host',
  '--cap-drop',
  '--cpu-shares',
  '--cpus',
  '--cpuset-cpus',
  '--dns',
  '--dns-search',
  '--entrypoint',
  '--env',
  '-e',
  '--expose',
  '--health-cmd',
  '--health-interval',
  '--health-retries',
  '--health-start-period',
  '--health-timeout',
  '--hostname',
  '-h',
  '--memory',
  '-m',
  '--memory-reservation',
  '--memory-swap',
  '--network-alias',
  '--pids-limit',
  '--platform',
  '--shm-size',
  '--stop-signal',
  '--stop-timeout',
  '--tmpfs',
  '--ulimit',
  '--user',
  '-u',
  '--workdir',
  '-w',
]);
const alone: ReadonlySet<string> = new Set([
  '--init',
  '--no-healthcheck',
  '--read-only',
  '--tty',
  '-t',
  '--interactive',
  '-i',
]);

/**
 * Reads `options:` of a container. Throws `invalid_input` for one that is not known to stay inside: another namespace,
 * a device, a right, a directory of this machine.
 */
export function readOptions(text: string, where: string): string[] {
  const words = splitArguments(text);
  const options: string[] = [];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const equals = word.startsWith('--') ? word.indexOf('=') : -1;
    const name = equals === -1 ? word : word.slice(0, equals);
    if (alone.has(name)) options.push(word);
    else if (!withValue.has(name)) throw refused(name, where);
    else if (equals !== -1) options.push(word);
    else {
      const value = words.shift();
      if (value === undefined)
        throw new AppError('invalid_input', `${where}: the option ${name} has no value`);
      options.push(name, value);
    }
  }
  return options;
}

function refused(name: string, where: string): AppError {
  const what = name.startsWith('-')
    ? `the option ${name} is not allowed`
    : `${JSON.stringify(name)} is no option`;
  const known = [...withValue, ...alone].filter((option) => option.startsWith('--')).join(', ');
  return new AppError('invalid_input', `${where}: ${what}; what stays inside of the container is: ${known}`);
}
