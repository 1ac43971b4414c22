import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { parsePatterns } from './globPattern.ts';
import { walkMatches } from './walkMatches.ts';

/**
 * The function `hashFiles` of expressions: SHA-256 of the SHA-256 of every matched file of the workspace, in hexadecimal
 * digits; empty when nothing matches. Patterns and order are those of `@actions/glob`. `--follow-symbolic-links` as the
 * first pattern goes into directories that links lead to; what lies outside of the workspace never counts.
 */
export async function hashFiles(workspace: string, patterns: readonly string[]): Promise<string> {
  const followLinks = patterns[0] === '--follow-symbolic-links';
  const root = resolve(workspace);
  const text = patterns.slice(followLinks ? 1 : 0).join('\n');
  const hash = createHash('sha256');
  let any = false;
  for await (const path of walkMatches({
    workspace: root,
    patterns: parsePatterns(text, root),
    followLinks,
  })) {
    any = true;
    hash.update(await digestOf(path));
  }
  return any ? hash.digest('hex') : '';
}

async function digestOf(path: string): Promise<Buffer> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest();
}
