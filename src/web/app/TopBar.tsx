import { useState } from 'react';
import { Link } from 'wouter';
import { IconButton } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Icon } from '../ui/Icon.tsx';
import { LiveMark } from './LiveMark.tsx';
import { Mark } from './Mark.tsx';
import { paths } from './paths.ts';
import { Navigation, type RailProps } from './Rail.tsx';
import styles from './TopBar.module.css';
import { UserMenu } from './UserMenu.tsx';

/** The way around on a phone: the same as the rail, behind a button. */
export function TopBar({ onSearch, onShortcuts }: RailProps) {
  const [open, setOpen] = useState(false);
  return (
    <header className={styles.bar}>
      <IconButton
        label="Navigation"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(true)}
      >
        <Icon name="menu" />
      </IconButton>
      <Link to={paths.overview()} className={styles.brand}>
        <Mark /> Slipway
      </Link>
      <LiveMark compact />
      <IconButton label="Go to or do" onClick={onSearch}>
        <Icon name="search" />
      </IconButton>
      <Dialog open={open} onClose={() => setOpen(false)} title="Slipway" placement="side">
        <div className={styles.drawer}>
          <Navigation onGo={() => setOpen(false)} />
          <UserMenu onShortcuts={onShortcuts} />
        </div>
      </Dialog>
    </header>
  );
}
