import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useState,
  useSyncExternalStore,
} from 'react';
import type { EventRecord } from '../../contract/system.ts';
import { createLive, type Live, type LiveState } from '../api/live.ts';
import { sessionKey } from './session.ts';

const LiveContext = createContext<Live | undefined>(undefined);

/** Follows the state changes of the server while its children are shown. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const [live, setLive] = useState<Live>();
  useEffect(() => {
    const opened = createLive(queries, () => queries.setQueryData(sessionKey, null));
    setLive(opened);
    return () => opened.close();
  }, [queries]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

const connecting: LiveState = { name: 'connecting' };

/** Whether what is shown is what is. */
export function useLive(): LiveState {
  const live = useContext(LiveContext);
  return useSyncExternalStore(
    (onChange) => live?.subscribe(onChange) ?? (() => {}),
    () => live?.state() ?? connecting,
  );
}

/** Calls back with each event of the server as it arrives: for notifications. What is shown renews itself. */
export function useEvents(onEvent: (event: EventRecord) => void): void {
  const live = useContext(LiveContext);
  const listener = useEffectEvent(onEvent);
  useEffect(() => live?.onEvent((event) => listener(event)), [live]);
}

/** Keeps the page live while its tab is hidden too: for what people wait for in another tab. */
export function useLiveWhileHidden(wanted: boolean): void {
  const live = useContext(LiveContext);
  useEffect(() => (wanted ? live?.holdOpen() : undefined), [live, wanted]);
}
