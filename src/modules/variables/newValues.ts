import { maxValueBytes, type ValueKind } from '../../contract/workflowRules.ts';
import { AppError } from '../../platform/errors.ts';
import { isMaskable, shortestSecretBytes } from '../../platform/masking/index.ts';

export interface NewValue {
  readonly name: string;
  readonly value: string;
}

/** Most problems that one answer tells. */
const shown = 10;

/** The values under the names that count, in capitals. Throws with every problem and its place; never with a value. */
export function readNewValues(kind: ValueKind, items: readonly NewValue[]): NewValue[] {
  const values = items.map(({ name, value }) => ({ name: name.toUpperCase(), value }));
  const firstAt = new Map<string, number>();
  const problems = values.flatMap(({ name, value }, index) => {
    const first = firstAt.get(name);
    firstAt.set(name, first ?? index);
    const message =
      first === undefined ? valueProblem(kind, value) : `is there twice, first at items[${first}]`;
    return message === null ? [] : [{ where: `body.items[${index}]`, name, message }];
  });
  if (problems.length === 0) return values;
  const told = problems.slice(0, shown).map(({ where, name, message }) => `${where}: ${name} ${message}`);
  const more = problems.length > shown ? [`and ${problems.length - shown} more`] : [];
  throw new AppError('invalid_input', [...told, ...more].join('; '), { problems });
}

function valueProblem(kind: ValueKind, value: string): string | null {
  const sizeBytes = Buffer.byteLength(value);
  if (sizeBytes > maxValueBytes) return `has ${sizeBytes} bytes; at most ${maxValueBytes} (48 KiB)`;
  if (kind === 'variable' || isMaskable(value)) return null;
  return `has less than ${shortestSecretBytes} bytes and could not be masked in logs; use a longer one, or a variable if it is no secret`;
}
