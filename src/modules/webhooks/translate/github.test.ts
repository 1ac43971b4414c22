import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '../../../platform/errors.ts';
import { readGithub } from './github.ts';

/** Payloads that GitHub has sent, collected by those who keep its own library. */
const definitions = z
  .array(z.object({ name: z.string(), examples: z.array(z.record(z.string(), z.unknown())) }))
  .parse(createRequire(import.meta.url)('@octokit/webhooks-examples'));

const examplesOf = (name: string) => definitions.find((each) => each.name === name)?.examples ?? [];

describe('what GitHub sends', () => {
  it('is understood or ignored with a reason, whatever it is', () => {
    const all = definitions.flatMap(({ name, examples }) =>
      examples.map((payload) => readGithub(name, payload)),
    );
    expect(all.length).toBeGreaterThan(300);
    expect(new Set(all.map(({ kind }) => kind))).toEqual(
      new Set(['ping', 'push', 'change', 'group', 'ignored']),
    );
    for (const meaning of all)
      if (meaning.kind === 'ignored') expect(meaning.reason).toMatch(/starts nothing/);
  });

  it('is a push in each example of one', () => {
    const pushes = examplesOf('push').map((payload) => readGithub('push', payload));
    expect(pushes).toHaveLength(7);
    for (const push of pushes) expect(push.kind).toBe('push');
    expect(pushes[0]).toEqual({
      kind: 'push',
      pushed: {
        ref: 'refs/tags/simple-tag',
        sha: '6113728f27ae82c7b1a177c8d03f9e96e0adf246',
        sender: 'Codertocat',
      },
      summary: 'refs/tags/simple-tag at 6113728f',
    });
    expect(pushes[1]).toEqual({
      kind: 'push',
      pushed: undefined,
      summary: 'refs/tags/simple-tag is gone',
    });
  });

  it('is a change in each example of a pull request, with the payload as it came', () => {
    const requests = examplesOf('pull_request');
    expect(requests).toHaveLength(29);
    for (const payload of requests) {
      const meaning = readGithub('pull_request', payload);
      expect(meaning).toMatchObject({
        kind: 'change',
        change: {
          number: 2,
          action: payload.action,
          headSha: 'ec26c3e57ca3a959ca5aad62de7213c562f8c821',
          remoteRef: 'refs/pull/2/head',
          fork: false,
          sender: 'Codertocat',
        },
      });
      if (meaning.kind === 'change') expect(meaning.change.payload).toBe(payload);
    }
  });

  it('is a ping in each example of one', () => {
    for (const payload of examplesOf('ping')) expect(readGithub('ping', payload)).toEqual({ kind: 'ping' });
  });
});

describe('a pull request', () => {
  const [example = {}] = examplesOf('pull_request');
  const request = example.pull_request as Record<string, Record<string, unknown>>;
  const withHead = (head: object) =>
    readGithub('pull_request', {
      ...example,
      pull_request: { ...request, head: { ...request.head, ...head } },
    });

  it('is of a fork when its head lies in another repository, or in one that is gone', () => {
    expect(withHead({ repo: { id: 1, full_name: 'Codertocat/Hello-World' } })).toMatchObject({
      change: { fork: true },
    });
    expect(withHead({ repo: null })).toMatchObject({ change: { fork: true } });
  });

  it.each([
    ['a head that is an option', { sha: '--upload-pack=touch /tmp/x' }],
    ['a head that is no sha', { sha: 'main' }],
    ['no head', { sha: undefined }],
  ])('with %s is refused', (_, head) => {
    expect(() => withHead(head)).toThrow(AppError);
  });

  it.each([[0], [-1], [1.5], [1e9], ['2'], [Number.NaN]])('of number %s is refused', (number) => {
    expect(() => readGithub('pull_request', { ...example, number })).toThrow(AppError);
  });
});
