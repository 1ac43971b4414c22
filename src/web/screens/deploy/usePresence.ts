import { useEffect, useState } from 'react';
import { api } from '../../../contract/index.ts';
import { client } from '../../api/client.ts';

interface Where {
  readonly app: string;
  readonly environment: string;
  readonly number: number;
}

const beatMs = 20_000;

/** Says that one looks, as long as one does, and answers the names of all who do. */
export function usePresence({ app, environment, number }: Where): readonly string[] {
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    const params = { app, environment, number };
    const gone = new AbortController();
    const beat = async () => {
      if (document.visibilityState !== 'visible') return;
      try {
        const { items } = await client.call(api.watchDeploy, { params }, { signal: gone.signal });
        setNames(items.map(({ name }) => name));
      } catch {
        // Who else looks is nice to know, and no more: the next beat may be luckier.
      }
    };
    void beat();
    const timer = setInterval(beat, beatMs);
    const { signal } = gone;
    document.addEventListener('visibilitychange', () => void beat(), { signal });
    return () => {
      gone.abort();
      clearInterval(timer);
      // Who leaves the site cannot say so any more; silence says it a little later.
      client.call(api.stopWatching, { params }).catch(() => {});
    };
  }, [app, environment, number]);
  return names;
}
