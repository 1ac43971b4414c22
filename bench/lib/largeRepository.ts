import { createRepository, type Repository } from '../../test/harness/git.ts';

const folders = ['backend/api', 'backend/jobs', 'frontend/pages', 'frontend/parts', 'docs', 'infrastructure'];
const filesPerFolder = 40;
const branchEvery = 8;
const began = Date.UTC(2015, 0, 1) / 1000;
const secondsBetween = 3600;

/**
 * A repository with a history of `commits` commits (10,000 a second or so): a main line, and short branches that
 * are merged into it.
 */
export async function createLargeRepository(directory: string, commits: number): Promise<Repository> {
  const repository = await createRepository({ directory });
  await repository.fastImport(history(commits));
  await repository.git('repack', '-a', '-d', '--quiet');
  return repository;
}

function* history(commits: number): Generator<string> {
  let block = '';
  for (let number = 1; number <= commits; number += 1) {
    block += commit(number);
    if (number % 1000 !== 0 && number !== commits) continue;
    yield block;
    block = '';
  }
}

/** Marks are numbers of commits. Of every eight, two stand on a branch beside the main line; the eighth merges it. */
function commit(number: number): string {
  const at = number % branchEvery;
  const onBranch = at === 5 || at === 6;
  const parent = at === 5 ? number - 1 : at === 7 ? number - 3 : number - 1;
  const merged = at === 7 ? number - 1 : undefined;
  const who = `Ada ${number % 12} <ada${number % 12}@example.com> ${began + number * secondsBetween} +0000`;
  const subject =
    merged === undefined ? `Change ${number}` : `Merge pull request #${number} from topic/${number}`;
  const message = `${subject}\n\nWhy it was made, in a sentence or two that nobody reads twice.\n`;
  const file = `${folders[number % folders.length]}/file-${(number * 7) % filesPerFolder}.txt`;
  const content = `${number}\n`;
  return [
    `commit refs/heads/${onBranch ? 'topic' : 'main'}\nmark :${number}`,
    `author ${who}\ncommitter ${who}\ndata ${message.length}\n${message}`,
    ...(number === 1 ? [] : [`from :${parent}`]),
    ...(merged === undefined ? [] : [`merge :${merged}`]),
    `M 100644 inline ${file}\ndata ${content.length}\n${content}\n`,
  ].join('\n');
}
