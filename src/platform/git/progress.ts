export type FetchProgress = { phase: string; percent: number };

/** Returns a function that reads git's progress lines in pieces and reports each step of a percent once. */
export function progressReader(onProgress: (progress: FetchProgress) => void): (text: string) => void {
  let rest = '';
  let last = '';
  return (text) => {
    const lines = (rest + text).split(/[\r\n]/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [, phase, percent] = /^(?:remote: )?([A-Z][A-Za-z ]+): +(\d+)% /.exec(line) ?? [];
      if (phase === undefined || percent === undefined || `${phase}${percent}` === last) continue;
      last = `${phase}${percent}`;
      onProgress({ phase, percent: Number(percent) });
    }
  };
}
