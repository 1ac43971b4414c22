import { type RefObject, useLayoutEffect, useState } from 'react';

/** How far an element is from the top of the page, followed while what stands above it grows and shrinks. */
export function useOffsetTop(element: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      const box = element.current?.getBoundingClientRect();
      if (box !== undefined) setTop(Math.round(box.top + window.scrollY));
    };
    measure();
    // Whatever moves it changes the height of one of those around it, or the width of the page.
    const observer = new ResizeObserver(measure);
    for (let around = element.current?.parentElement; around; around = around.parentElement) {
      for (const sibling of around.children)
        if (!sibling.contains(element.current)) observer.observe(sibling);
    }
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [element]);
  return top;
}
