import { Dialog } from '../ui/Dialog.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import styles from './ShortcutList.module.css';
import { useRegisteredShortcuts } from './shortcuts.ts';

/** The keys that work here and now. */
export function ShortcutList({ open, onClose }: { open: boolean; onClose: () => void }) {
  const groups = Map.groupBy(useRegisteredShortcuts(), (shortcut) => shortcut.group);
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard" size="narrow">
      {[...groups].map(([group, shortcuts]) => (
        <section key={group}>
          <h3>{group}</h3>
          <dl className={styles.list}>
            {shortcuts.map((shortcut) => (
              <div key={shortcut.keys} className={styles.line}>
                <dt>{shortcut.label}</dt>
                <dd>
                  <Kbd keys={shortcut.keys} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
