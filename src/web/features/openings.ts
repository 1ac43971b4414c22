import { useState } from 'react';

/** How often something was opened: the key of what shall begin anew each time, and still close in its own time. */
export function useOpenings(open: boolean): number {
  const [{ count, wasOpen }, setSeen] = useState({ count: open ? 1 : 0, wasOpen: open });
  if (open === wasOpen) return count;
  const next = open ? count + 1 : count;
  setSeen({ count: next, wasOpen: open });
  return next;
}
