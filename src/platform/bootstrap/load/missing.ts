import { AppError } from '../../errors.ts';
import { unchanged } from './loadError.ts';

/** What a dump names and the server lacks, collected so that all of it can be told at once. */
export class Missing {
  readonly #lines = {
    extension: new Map<string, number[]>(),
    role: new Map<string, number[]>(),
  };

  add(what: 'extension' | 'role', name: string, line: number): void {
    const lines = this.#lines[what].get(name) ?? [];
    lines.push(line);
    this.#lines[what].set(name, lines);
  }

  get isEmpty(): boolean {
    return this.#lines.extension.size + this.#lines.role.size === 0;
  }

  /** Names all of it, where it stands, and what to do. */
  error(file: string, options: { readonly noOwner: boolean }): AppError {
    const { extension, role } = this.#lines;
    const parts = [
      ...(extension.size === 0
        ? []
        : [
            `${file} needs ${listed(extension, 'extension')}, which this server does not have. Install ${extension.size === 1 ? 'it' : 'them'} on the machine of the server, or make the dump without`,
          ]),
      ...(role.size === 0
        ? []
        : [
            `${file} names ${listed(role, 'role')}, which ${role.size === 1 ? 'does' : 'do'} not exist here. Create ${role.size === 1 ? 'it' : 'them'} (create role …)${options.noOwner ? '' : ', or leave out owners and such grants with --no-owner'}`,
          ]),
      unchanged,
    ];
    return new AppError('invalid_input', parts.join('\n'), {
      file,
      missing_extensions: [...extension.keys()],
      missing_roles: [...role.keys()],
    });
  }
}

/** `the roles "a" (line 3), "b" (line 7 and 2 more)`. */
function listed(names: ReadonlyMap<string, readonly number[]>, what: string): string {
  const each = [...names].map(([name, [first, ...more]]) => {
    const others = more.length === 0 ? '' : ` and ${more.length} more`;
    return `"${name}" (line ${first}${others})`;
  });
  return `the ${what}${names.size === 1 ? '' : 's'} ${each.join(', ')}`;
}
