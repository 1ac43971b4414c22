import { AppError } from '../../../platform/errors.ts';
import { type Contexts, evaluateText, type Value } from '../../expressions/index.ts';
import type { JobSpec } from '../../plan/jobSpec.ts';
import type { JobHost } from '../../run/jobHost.ts';
import { readContainer, readServices, type WrittenContainer } from './readContainer.ts';

/** The containers that a job asks for, or that it is to run in; null when it needs none. */
export function wantedContainers(
  spec: JobSpec,
  host: JobHost,
): { container: WrittenContainer | null; services: WrittenContainer[] } | null {
  if (spec.container === null && spec.services === null && host.isolation !== 'container') return null;
  const contexts = contextsBefore(spec, host);
  const container = readContainer(spec.container, contexts) ?? imageOfHost(host);
  const services = readServices(spec.services, contexts);
  return container === null && services.length === 0 ? null : { container, services };
}

function imageOfHost({ isolation, image }: JobHost): WrittenContainer | null {
  if (isolation !== 'container') return null;
  if (!image)
    throw new AppError(
      'invalid_input',
      'isolation by containers needs an image: say which with --image or SLIPWAY_JOB_IMAGE, or give the job a container',
    );
  return { name: null, image, env: {}, ports: [], volumes: [], options: [], credentials: null };
}

/** What is known before there is a place for steps. */
function contextsBefore(spec: JobSpec, { secrets, directories }: JobHost): Contexts {
  const { github, vars, needs, strategy, matrix, inputs } = spec.contexts;
  const token = secrets.GITHUB_TOKEN ?? secrets.github_token ?? '';
  const env: Record<string, string> = {};
  const contexts = {
    github: { token, ...github, job: spec.id, workspace: directories.workspace },
    vars,
    needs: needs as unknown as Value,
    strategy,
    matrix,
    inputs,
    secrets,
    env,
    runner: { os: 'Linux', temp: directories.temporary, tool_cache: directories.toolCache },
  };
  for (const { name, text } of [...spec.workflowEnv, ...spec.env])
    env[name.value] = evaluateText(text.value, contexts);
  return contexts;
}
