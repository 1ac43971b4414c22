import { useState } from 'react';
import { storage } from '../../lib/storage.ts';

/** Yes or no, as this browser remembers it. */
export function useFlag(name: string, usual: boolean): [boolean, (value: boolean) => void] {
  const [value, setValue] = useState(() => {
    const kept = storage.read(name);
    return kept === null ? usual : kept === 'yes';
  });
  return [
    value,
    (next) => {
      storage.write(name, next ? 'yes' : 'no');
      setValue(next);
    },
  ];
}
