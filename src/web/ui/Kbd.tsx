import { keyNames } from '../lib/keys.ts';
import styles from './Kbd.module.css';

/** Keys to press: "mod+k", or one after the other: "g o". */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className={styles.keys}>
      {keyNames(keys, isMac).map((name, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a key may be pressed twice.
        <kbd key={index} className={styles.key}>
          {name}
        </kbd>
      ))}
    </span>
  );
}

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
