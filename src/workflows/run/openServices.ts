import { cachesDirectory, mayAskServices, type Services, startServices } from '../actions/index.ts';
import type { Plan } from '../plan/index.ts';
import type { Checkout } from './checkout/findCheckout.ts';

/** What the services of a run are made for. */
export interface ServiceGround {
  readonly plan: Plan;
  readonly checkout: Checkout;
  readonly defaultBranch: string;
  /** Where artifacts are kept. */
  readonly artifacts: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const none: Services = { env: {}, close: async () => {} };

/** Starts the services for artifacts and caches, if there are actions that may ask for them. */
export async function openServices(ground: ServiceGround): Promise<Services> {
  const { plan, checkout, artifacts, env } = ground;
  if (!plan.jobs.some((job) => job.kind === 'steps' && mayAskServices(job.steps))) return none;
  const ref = String(plan.github.ref);
  const branches = [plan.github.base_ref, ground.defaultBranch].filter((name) => name);
  const others = branches.map((name) => `refs/heads/${String(name)}`).filter((other) => other !== ref);
  return startServices({
    artifacts,
    cache: cachesDirectory(env, checkout.commonDir),
    scopes: [ref, ...new Set(others)],
  });
}
