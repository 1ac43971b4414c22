import { describeFinding, type Finding, type Range } from '../language/index.ts';

/** Why something cannot be planned, or a job not be started; becomes a finding or the reason of a job. */
export class Refusal extends Error {
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(finding.message);
    this.name = 'Refusal';
    this.finding = finding;
  }
}

/** A refusal with its place. */
export function refuse(rule: string, message: string, file: string, at: Range): Refusal {
  return new Refusal({ severity: 'error', rule, message, file, at });
}

/** `file:line:column: message`, for a job that ends because of it. */
export const refusalText = ({ finding }: Refusal): string => describeFinding(finding);

/** What `attempt` yields, or why it was refused. Other errors pass. */
export function orRefusal<T>(attempt: () => T): T | Refusal {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
