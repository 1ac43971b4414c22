import { expect, it } from 'vitest';
import { isScattered, matchScore } from './matching.ts';

const best = (typed: string, ...texts: string[]) =>
  texts
    .map((text) => ({ text, score: matchScore(text, typed) }))
    .filter(({ score }) => score !== undefined)
    .sort((a, b) => (b.score ?? 0) - (a.score ?? 0))
    .map(({ text }) => text);

it('finds by the beginnings of words, in any order', () => {
  expect(best('har prod', 'harbor/staging', 'harbor/production', 'ferry/production')).toEqual([
    'harbor/production',
  ]);
  expect(best('prod har', 'harbor/production')).toEqual(['harbor/production']);
});

it('likes beginnings better than middles, and finds no scattered letters unless asked', () => {
  expect(best('dep', 'redeploy', 'deploys', 'my deploys', 'dark theme paper')).toEqual([
    'deploys',
    'my deploys',
    'redeploy',
  ]);
  expect(isScattered('dark theme paper', 'dep')).toBe(true);
  expect(isScattered('harbor/production', 'hb prd')).toBe(true);
  expect(isScattered('harbor/production', 'prod z')).toBe(false);
});

it('likes the shorter of two that match as well', () => {
  expect(best('harbor', 'harbor-tools', 'harbor')).toEqual(['harbor', 'harbor-tools']);
});

it('finds all when nothing is typed, and nothing that lacks a word', () => {
  expect(best('', 'a', 'b')).toHaveLength(2);
  expect(best('harbor xyz', 'harbor')).toEqual([]);
});

it('takes what is typed as it is', () => {
  expect(best('c++ (new', 'build c++ (new)')).toEqual(['build c++ (new)']);
  expect(best('.*', 'anything')).toEqual([]);
});
