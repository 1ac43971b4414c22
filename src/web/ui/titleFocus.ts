import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { useLocation } from 'wouter';

let shown: string | undefined;
let wentBack = false;
let leftWithFocus = false;
addEventListener('popstate', () => {
  wentBack = true;
});

/**
 * After one went to another screen its title has the focus, so that who listens hears where they are, and the page
 * begins at its top; going back, the browser knows where one was. Not on the first page: that begins as pages do.
 * A title that takes the place of another, as when a skeleton becomes what was loaded, has the focus that that had.
 */
export function useTitleFocus(): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const [path] = useLocation();
  useLayoutEffect(() => {
    const title = heading.current;
    return () => {
      // Before it is removed: with it the focus goes.
      leftWithFocus = title !== null && title === document.activeElement;
    };
  }, []);
  useEffect(() => {
    const elsewhere = shown !== undefined && shown !== path;
    if (elsewhere || leftWithFocus) heading.current?.focus({ preventScroll: true });
    if (elsewhere && !wentBack) scrollTo(0, 0);
    leftWithFocus = false;
    wentBack = false;
    shown = path;
  }, [path]);
  return heading;
}
