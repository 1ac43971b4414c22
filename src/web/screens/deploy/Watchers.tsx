import type { DeployDetail } from '../../../contract/deploys.ts';
import { useUser } from '../../app/session.ts';
import styles from '../../features/log/work.module.css';
import { Avatar } from '../../ui/Avatar.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { usePresence } from './usePresence.ts';

/** Who else is looking at it right now. */
export function Watchers({ deploy }: { deploy: DeployDetail }) {
  const { username } = useUser();
  const others = usePresence(deploy).filter((name) => name !== username);
  return (
    <p className={styles.watchers} role="status">
      <Icon name="eye" />
      {others.length === 0 ? (
        'Nobody else is watching.'
      ) : (
        <>
          Watching too:
          {others.map((name) => (
            <span key={name} className={styles.watcher}>
              <Avatar name={name} /> {name}
            </span>
          ))}
        </>
      )}
    </p>
  );
}
