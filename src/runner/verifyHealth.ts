import { setTimeout as sleep } from 'node:timers/promises';
import type { HealthConfig } from '../contract/configuration.ts';

export type Verification = { ok: true; seconds: number } | { ok: false; message: string };

const pauseMs = 500;
const requestTimeoutMs = 5000;
const largestPageBytes = 1024 * 1024;

/**
 * Asks the health page until it answers 2xx (and shows the sha, where it should), or the time is over.
 * Rejects with the signal's reason when it aborts.
 */
export async function verifyHealth(
  health: HealthConfig,
  sha: string,
  signal: AbortSignal,
): Promise<Verification> {
  const began = Date.now();
  const deadline = began + health.timeout_seconds * 1000;
  for (;;) {
    const problem = await probe(health, sha, signal);
    if (problem === undefined) return { ok: true, seconds: (Date.now() - began) / 1000 };
    signal.throwIfAborted();
    if (Date.now() + pauseMs > deadline) {
      return {
        ok: false,
        message: `${health.url} was not healthy within ${health.timeout_seconds} s: ${problem}`,
      };
    }
    await sleep(pauseMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

async function probe(health: HealthConfig, sha: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const response = await fetch(health.url, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(requestTimeoutMs)]),
      redirect: 'follow',
      headers: { 'user-agent': 'slipway-health' },
    });
    const page = await readStart(response);
    if (!response.ok) return `it answers ${response.status}`;
    if (health.contains_sha && !page.includes(sha.slice(0, 8)))
      return `it does not show ${sha.slice(0, 8)} yet`;
    return undefined;
  } catch (error) {
    return `it does not answer (${reasonOf(error)})`;
  }
}

async function readStart(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes, { stream: true });
    if (text.length > largestPageBytes) break;
  }
  return text;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `nothing within ${requestTimeoutMs / 1000} s`;
  const cause = error.cause as { code?: string; message?: string } | undefined;
  return cause?.code ?? cause?.message ?? error.message;
}
