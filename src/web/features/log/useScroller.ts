import { type RefObject, useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import type { LogViewport } from './logViewport.ts';

/** Ties a viewport to the element that scrolls: tells what people scroll, and scrolls where the viewport wants. */
export function useScroller(
  scroller: RefObject<HTMLElement | null>,
  viewport: LogViewport,
  live: boolean,
): void {
  const { scrollTop } = useSyncExternalStore(viewport.subscribe, viewport.state);
  const applied = useRef(0);
  const isLive = useRef(live);
  useEffect(() => {
    isLive.current = live;
  }, [live]);

  useLayoutEffect(() => {
    const element = scroller.current;
    // What somebody is scrolling right now is not touched unless the viewport has moved.
    if (element === null || scrollTop === applied.current) return;
    applied.current = scrollTop;
    if (Math.abs(element.scrollTop - scrollTop) >= 1) element.scrollTop = scrollTop;
  });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const resize = () =>
      viewport.resize(element.clientHeight, Number.parseFloat(getComputedStyle(element).lineHeight));
    const observer = new ResizeObserver(resize);
    observer.observe(element);
    resize();
    return () => observer.disconnect();
  }, [scroller, viewport]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const stop = new AbortController();
    const on = (name: string, listener: (event: Event) => void) =>
      element.addEventListener(name, listener, { signal: stop.signal, passive: true });
    const onScroll = () => {
      viewport.scrolled(element.scrollTop, isLive.current);
      applied.current = viewport.state().scrollTop;
    };
    on('scroll', onScroll);
    // The end moves on faster than a scroll is told: it is let go as soon as somebody begins to go up.
    on('wheel', (event) => (event as WheelEvent).deltaY < 0 && viewport.letGo());
    on('touchmove', () => viewport.letGo());
    on('keydown', (event) => upwards.has((event as KeyboardEvent).key) && viewport.letGo());
    on('pointerdown', (event) => event.target === element && viewport.letGo());
    return () => stop.abort();
  }, [scroller, viewport]);
}

const upwards = new Set(['ArrowUp', 'PageUp', 'Home']);
