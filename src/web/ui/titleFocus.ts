import { type RefObject, useEffect, useRef } from 'react';
import { useLocation } from 'wouter';

let shown: string | undefined;
let wentBack = false;
addEventListener('popstate', () => {
  wentBack = true;
});

/**
 * After one went to another screen its title has the focus, so that who listens hears where they are, and the page
 * begins at its top; going back, the browser knows where one was. Not on the first page: that begins as pages do.
 */
export function useTitleFocus(): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const [path] = useLocation();
  useEffect(() => {
    if (shown !== undefined && shown !== path) {
      heading.current?.focus({ preventScroll: true });
      if (!wentBack) scrollTo(0, 0);
    }
    wentBack = false;
    shown = path;
  }, [path]);
  return heading;
}
