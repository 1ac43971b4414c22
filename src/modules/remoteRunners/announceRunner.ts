import type { RunnerAnnouncement } from '../../contract/runnerProtocol.ts';
import { runnerProtocolVersion } from '../../contract/runnerWire.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { insertRunner } from '../runners/index.ts';

export interface Announced {
  readonly id: string;
  readonly token: { readonly id: number; readonly labels: readonly string[] | null };
  readonly address: string;
  readonly announcement: RunnerAnnouncement;
}

/** Lets a runner of another machine in; answers the labels that it has. */
export async function announceRunner(db: Db, now: Date, announced: Announced): Promise<string[]> {
  const { id, token, address, announcement } = announced;
  const { protocol, name, host, pid, capacity } = announcement;
  if (protocol !== runnerProtocolVersion)
    throw new AppError(
      'invalid_input',
      `this runner speaks version ${protocol}, and Slipway ${runnerProtocolVersion}: run the same version on both machines`,
    );
  const labels = labelsOf(announcement, token.labels);
  // Who it says it is on its machine is not kept: the runners of this one would end the process that it names.
  const runner = { ...{ id, name, host, pid, labels, capacity }, kind: 'jobs', identity: {} } as const;
  if (!(await insertRunner(db, now, { ...runner, admission: { tokenId: token.id, address } })))
    throw new AppError('conflict', `there is a runner ${id} already, which came in by another token`);
  return labels;
}

function labelsOf({ labels, usual_labels }: RunnerAnnouncement, allowed: readonly string[] | null): string[] {
  const wanted = (labels ?? allowed ?? usual_labels).map((label) => label.toLowerCase());
  const refused = allowed === null ? [] : wanted.filter((label) => !allowed.includes(label));
  if (refused.length > 0)
    throw new AppError(
      'forbidden',
      `the token of this runner is for runners with the labels ${allowed?.join(', ')}, and not ${refused.join(', ')}`,
    );
  return [...new Set(wanted)];
}
