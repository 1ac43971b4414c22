import { useEffect, useState } from 'react';

/** A value once it has not changed for a moment: what is typed is asked for after a word, not after a letter. */
export function useSettled<Value>(value: Value, afterMs = 180): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), afterMs);
    return () => clearTimeout(timer);
  }, [value, afterMs]);
  return settled;
}
