import { stat } from 'node:fs/promises';
import { readSettings, type Settings } from '../../platform/settings.ts';
import { defineCommand } from '../command.ts';
import { checkDataDirectory } from '../doctor/checkDataDirectory.ts';
import { checkPrograms } from '../doctor/checkPrograms.ts';
import { checkServer } from '../doctor/checkServer.ts';
import { type Finding, missing, ok } from '../doctor/finding.ts';
import { exitCodes } from '../exitCodes.ts';
import type { Output } from '../output/output.ts';
import { plainText } from '../output/plainText.ts';
import type { Style } from '../output/terminal.ts';
import { withLocalTimes } from '../output/time.ts';
import { problemOf } from '../problem.ts';

export const doctorCommand = defineCommand({
  name: 'doctor',
  summary: 'check this installation: what is missing, and how to get it',
  details: 'Works also when Slipway does not run. Exits with 4 when something is missing.',
  examples: [['slipway doctor', 'programs, data directory, disk, server, runners, repositories']],
  async run({ connect, env, out }) {
    const [programs, local, server] = await Promise.all([
      checkPrograms(),
      checkLocal(env),
      checkServer(connect),
    ]);
    const items = [...programs, ...local, ...server];
    out.show({ items }, () => printFindings(out, items));
    return items.some(({ state }) => state === 'missing') ? exitCodes.failed : undefined;
  },
});

async function checkLocal(env: Readonly<Record<string, string | undefined>>): Promise<Finding[]> {
  let settings: Settings;
  try {
    settings = readSettings(env);
  } catch (error) {
    return [missing('settings', problemOf(error)?.detail ?? String(error), 'change or unset that variable')];
  }
  return [...(await checkConfigFile(settings)), ...(await checkDataDirectory(settings.dataDir))];
}

async function checkConfigFile({ configFile }: Settings): Promise<Finding[]> {
  if (configFile === undefined) return [];
  const isFile = await stat(configFile).then(
    (info) => info.isFile(),
    () => false,
  );
  if (isFile) return [ok('config file', configFile)];
  return [
    missing(
      'config file',
      `SLIPWAY_CONFIG names ${configFile}, which is no file`,
      'change or unset SLIPWAY_CONFIG',
    ),
  ];
}

const styleOf: Record<Finding['state'], Style | readonly Style[]> = {
  ok: 'green',
  warn: 'yellow',
  missing: ['red', 'bold'],
};

function printFindings(out: Output, findings: readonly Finding[]): void {
  const width = Math.max(...findings.map(({ name }) => name.length));
  for (const { name, state, message, fix } of findings) {
    out.line(
      `${out.paint(styleOf[state], state.padEnd(7))}  ${name.padEnd(width)}  ${withLocalTimes(plainText(message))}`,
    );
    if (fix !== undefined) out.line(`${' '.repeat(width + 11)}${out.paint('dim', fix)}`);
  }
  const wrong = findings.filter(({ state }) => state === 'missing').length;
  const doubtful = findings.filter(({ state }) => state === 'warn').length;
  if (wrong > 0) out.note(`\n${wrong} of these must be put right`);
  else if (doubtful > 0) out.note(`\nit works; ${doubtful} of these could be better`);
}
