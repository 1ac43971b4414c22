import { useEffect, useRef } from 'react';
import type { Rung } from '../../../contract/apps.ts';

export interface WantedRung {
  /** In full or abbreviated, as the address has it; nobody wants one while there is none. */
  readonly sha: string | undefined;
  readonly rungs: readonly Rung[];
  readonly more: boolean;
  readonly loadMore: () => void;
  readonly onFound: (index: number) => void;
}

/** Goes to the commit that the address names, once, however far down it is. */
export function useWantedRung({ sha, rungs, more, loadMore, onFound }: WantedRung): void {
  const gone = useRef<string>(undefined);
  useEffect(() => {
    if (sha === undefined || sha === '' || gone.current === sha) return;
    const index = rungs.findIndex((rung) => rung.sha.startsWith(sha));
    if (index === -1 && more) return loadMore();
    gone.current = sha;
    if (index !== -1) onFound(index);
  });
}
