import { type RefObject, useLayoutEffect } from 'react';

/** Beside each other, as the style sheet has it. */
const wide = '(min-width: 60.0625rem)';
const gapPx = 16;
const leastPx = 320;

/**
 * Makes an element that sticks to the top as high as the window has room below its place, so that the end of what
 * scrolls in it is in view at once. Where all stands below each other the style sheet has its way.
 */
export function useFittingHeight(element: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const fitted = element.current;
    if (fitted === null) return;
    const media = matchMedia(wide);
    const stop = new AbortController();
    let frame = 0;
    const adjust = () => {
      frame = 0;
      const top = Math.max(gapPx, fitted.parentElement?.getBoundingClientRect().top ?? 0);
      const height = Math.max(leastPx, Math.floor(innerHeight - top - gapPx));
      fitted.style.height = media.matches ? `${height}px` : '';
    };
    const soon = () => {
      if (frame === 0) frame = requestAnimationFrame(adjust);
    };
    const { signal } = stop;
    window.addEventListener('scroll', soon, { signal, passive: true });
    window.addEventListener('resize', soon, { signal });
    // What stands above grows and shrinks with the deploy.
    const observer = new ResizeObserver(soon);
    observer.observe(document.body);
    adjust();
    return () => {
      stop.abort();
      observer.disconnect();
      cancelAnimationFrame(frame);
    };
  }, [element]);
}
