const mostRemembered = 64;

/** Answers that never change, since all that they are made of has a sha. The oldest are forgotten. */
export interface Memory {
  /** The answer by that name, made when it is not remembered. One that was not to be had is asked for again. */
  recall<Answer>(name: readonly string[], make: () => Promise<Answer>): Promise<Answer>;
}

/** Thousands of branches are pushed at the same commit: it is read once. */
export function createMemory(): Memory {
  const answers = new Map<string, Promise<unknown>>();
  return {
    recall: <Answer>(name: readonly string[], make: () => Promise<Answer>) => {
      const key = JSON.stringify(name);
      const known = answers.get(key) as Promise<Answer> | undefined;
      if (known !== undefined) return known;
      const answer = make();
      answers.set(key, answer);
      const forget = () => {
        if (answers.get(key) === answer) answers.delete(key);
      };
      answer.then((value) => value === null && forget(), forget);
      const [oldest] = answers.keys();
      if (answers.size > mostRemembered && oldest !== undefined) answers.delete(oldest);
      return answer;
    },
  };
}

/** Of this thread. */
export const commits: Memory = createMemory();
