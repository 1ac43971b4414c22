import type { Preview } from '../../../contract/deploys.ts';

/** What shipping it would do, in one sentence. */
export function sentenceOf({ environment, changes }: Pick<Preview, 'environment' | 'changes'>): string {
  const { relation, out, away } = changes;
  switch (relation) {
    case 'initial':
      return `The first deploy to ${environment}`;
    case 'same':
      return `It is live in ${environment} already`;
    case 'forward':
      return `${commits(out)} ${out === 1 ? 'goes' : 'go'} out to ${environment}`;
    case 'backward':
      return `It goes back: ${commits(away)} ${away === 1 ? 'is' : 'are'} taken away from ${environment}`;
    case 'diverged':
      return `${commits(out)} ${out === 1 ? 'goes' : 'go'} out to ${environment}, and ${commits(away)} ${away === 1 ? 'is' : 'are'} taken away`;
    case 'unrelated':
      return `It has nothing in common with what is live in ${environment}: all of that is replaced`;
  }
}

const commits = (count: number): string =>
  count === 1 ? '1 commit' : `${count.toLocaleString('en')} commits`;
