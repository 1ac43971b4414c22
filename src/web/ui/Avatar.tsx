import { initials } from '../lib/initials.ts';
import styles from './Avatar.module.css';

/** Somebody by their initials, beside their name or instead of it; then the name is its tip. */
export function Avatar({ name, alone = false }: { name: string; alone?: boolean }) {
  const named = alone ? { role: 'img', 'aria-label': name, 'data-tip': name } : {};
  return <span className={styles.avatar} data-initials={initials(name)} {...named} />;
}
