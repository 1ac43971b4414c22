import type { LeftOut } from './judge.ts';

const mostWarnings = 20;

/** What people should know about a load that went well: what was left out, and what the server warned of. */
export class Notes {
  readonly #serverVersion: string;
  readonly #lines: string[];
  readonly #parameters = new Set<string>();
  readonly #comments = new Set<string>();
  readonly #grantees = new Set<string>();
  readonly #warnings = new Set<string>();
  #owners = 0;
  #grants = 0;

  constructor(lines: readonly string[], serverVersion: string) {
    this.#lines = [...lines];
    this.#serverVersion = serverVersion;
  }

  leaveOut(why: LeftOut): void {
    switch (why.because) {
      case 'unknown parameter':
        this.#parameters.add(why.parameter);
        break;
      case 'owner':
        this.#owners += 1;
        break;
      case 'grant':
        this.#grants += 1;
        for (const role of why.roles) this.#grantees.add(role);
        break;
      case 'comment of another':
        this.#comments.add(why.on);
    }
  }

  /** Of the server; the same one counts once. */
  warn(message: string): void {
    if (this.#warnings.size < mostWarnings) this.#warnings.add(message);
  }

  lines(): string[] {
    const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;
    return [
      ...this.#lines,
      ...[...this.#parameters].map(
        (name) => `SET ${name} was left out: this server (${this.#serverVersion}) does not know it`,
      ),
      ...[...this.#comments].map((on) => `the comment on ${on} was left out: it is another user's`),
      ...(this.#owners > 0 ? [`${count(this.#owners, 'owner')} left out (--no-owner)`] : []),
      ...(this.#grants > 0
        ? [
            `${count(this.#grants, 'grant')} left out (--no-owner): ${count(this.#grantees.size, 'role')} missing (${[...this.#grantees].join(', ')})`,
          ]
        : []),
      ...[...this.#warnings].map((message) => `the server warns: ${message}`),
    ];
  }
}
