import { z } from 'zod';
import { providers } from '../../contract/configuration.ts';
import { byteSizeProblem } from '../../platform/text/byteSize.ts';
import { durationProblem } from './duration.ts';
import { envNameProblem, envValueProblem, sizeProblem } from './env.ts';
import { pathPatternProblem } from './paths.ts';
import { referenceForms, referenceProblem } from './reference.ts';
import { repositoryUrlProblem } from './repositoryUrl.ts';
import {
  checkNameProblem,
  directoryProblem,
  labelProblem,
  nameProblem,
  refProblem,
  webUrlProblem,
} from './texts.ts';

/**
 * `slipway.yml` as it is written (v1). What a single value must be stands here; what must fit together stands
 * in `crossReferences`. Messages complete the sentence "`key` …" and never repeat a value that may be secret.
 */
const text = z.string({ error: 'must be a text' });
const rule = <Schema extends z.ZodType<string | number | boolean>>(
  schema: Schema,
  problemOf: (value: z.output<Schema>) => string | null,
) =>
  schema.superRefine((value, context) => {
    const message = problemOf(value);
    if (message !== null) context.addIssue({ code: 'custom', message });
  });
const section = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) => (issue.code === 'invalid_type' ? 'must be a mapping' : undefined),
  });
/** Keys are judged even when values are wrong (`when`), so that one does not hide the other. */
const mapping = <Value extends z.ZodType>(keyProblem: (key: string) => string | null, value: Value) =>
  z
    .record(z.string(), value, {
      error: (issue) => (issue.code === 'invalid_type' ? 'must be a mapping' : undefined),
    })
    .superRefine(
      (entries, context) => {
        for (const key of Object.keys(entries)) {
          const message = keyProblem(key);
          if (message !== null)
            context.addIssue({ code: 'custom', message, path: [key], params: { key: true } });
        }
      },
      { when: ({ value: found }) => typeof found === 'object' && found !== null },
    );
const list = <Item extends z.ZodType>(item: Item) =>
  z.array(item, { error: 'must be a list' }).min(1, { error: 'is an empty list; leave it out or fill it' });

const name = rule(text, nameProblem);
const reference = rule(z.string({ error: referenceForms }), referenceProblem);
const flag = z.boolean({ error: 'must be true or false' });
const seconds = (least: number) =>
  rule(
    z.union([z.number(), z.string()], {
      error: 'must be whole seconds, or a duration such as "90s", "10m" or "2h"',
    }),
    (value) => durationProblem(value, least),
  );

const envValue = z.union([z.string(), z.number(), z.boolean()], {
  error: 'must be a text (`""` for an empty one)',
});
const env = mapping(envNameProblem, rule(envValue, envValueProblem));
const secrets = mapping(envNameProblem, reference);

const repository = section({
  // None: Slipway itself hosts it.
  url: rule(text, repositoryUrlProblem).optional(),
  token: reference.optional(),
  ssh_key: reference.optional(),
  fetch_every: seconds(0).optional(),
  push_limit: rule(
    z.union([z.number(), z.string()], { error: 'must be whole bytes, or a size such as "500MB" or "2GiB"' }),
    byteSizeProblem,
  ).optional(),
});

const step = section({
  name: rule(text, labelProblem),
  run: rule(text, (script) => (script.trim() === '' ? 'is empty' : sizeProblem(script))).optional(),
  argv: list(rule(text, sizeProblem)).optional(),
  directory: rule(text, directoryProblem).optional(),
  timeout: seconds(1).optional(),
  env: env.optional(),
  only: list(name).optional(),
});

const health = section({
  url: rule(text, webUrlProblem),
  timeout: seconds(1).optional(),
  contains_sha: flag.optional(),
});

const shared = {
  env: env.optional(),
  secrets: secrets.optional(),
  timeout: seconds(1).optional(),
  silence_timeout: seconds(1).optional(),
  steps: list(step).optional(),
};

const environment = section({
  ref: rule(text, refProblem).optional(),
  ...shared,
  required_checks: list(rule(text, checkNameProblem)).optional(),
  optional_checks: list(rule(text, checkNameProblem)).optional(),
  health: health.optional(),
  url: rule(text, webUrlProblem).optional(),
});

const app = section({
  repository: name,
  team: name,
  paths: list(rule(text, pathPatternProblem)).optional(),
  ...shared,
  provider: z.enum(providers).optional(),
  // `staging:` with nothing under it is an environment without wishes of its own.
  environments: mapping(nameProblem, environment.nullable()),
});

export const fileSchema = section({
  // Read by `readFixtures`: their texts keep their spelling, and their problems name team and project.
  admin: z.unknown().optional(),
  teams: z.unknown().optional(),
  repositories: mapping(nameProblem, repository.nullable()).optional(),
  apps: mapping(nameProblem, app).optional(),
});

export type FileConfiguration = z.output<typeof fileSchema>;
export type FileApp = z.output<typeof app>;
export type FileEnvironment = z.output<typeof environment>;
export type FileStep = z.output<typeof step>;
export type FileRepository = z.output<typeof repository>;

/** The keys that may stand at a path of the file; none where keys are free or none may stand. */
export function knownKeysAt(path: readonly PropertyKey[]): string[] {
  let schema: z.core.$ZodType = fileSchema;
  for (const place of path) {
    const next = innerSchema(unwrapped(schema), place);
    if (!next) return [];
    schema = next;
  }
  const found = unwrapped(schema);
  return found instanceof z.ZodObject ? Object.keys(found.shape) : [];
}

/** Every key of the format, as `apps.*.steps[].run` would name its last part. */
export function everyKey(schema: z.core.$ZodType = fileSchema): string[] {
  const found = unwrapped(schema);
  if (found instanceof z.ZodRecord) return everyKey(found.def.valueType);
  if (found instanceof z.ZodArray) return everyKey(found.def.element);
  if (!(found instanceof z.ZodObject)) return [];
  return Object.entries(found.shape).flatMap(([key, value]) => [key, ...everyKey(value)]);
}

function innerSchema(schema: z.core.$ZodType, place: PropertyKey): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodObject) return schema.shape[String(place)];
  if (schema instanceof z.ZodRecord) return schema.def.valueType;
  return schema instanceof z.ZodArray ? schema.def.element : undefined;
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable
    ? unwrapped(schema.def.innerType)
    : schema;
}
