import { type ReactNode, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { Tips } from '../ui/Tips.tsx';
import { Toasts } from '../ui/toasts.tsx';
import { DialogHost } from './dialogs.tsx';
import { Notices } from './Notices.tsx';
import { navigation } from './navigation.ts';
import { LazyPalette } from './palette/LazyPalette.tsx';
import { Rail } from './Rail.tsx';
import styles from './Shell.module.css';
import { ShortcutList } from './ShortcutList.tsx';
import { listenToKeys, useShortcut } from './shortcuts.ts';
import { TopBar } from './TopBar.tsx';

/** What stands around every screen: where one can go, what one can do from anywhere, and whether it is all live. */
export function Shell({ children }: { children: ReactNode }) {
  const [asking, setAsking] = useState<'palette' | 'shortcuts'>();
  const close = () => setAsking(undefined);
  const onAsk = (what: 'palette' | 'shortcuts') => () => setAsking(what);
  useEffect(listenToKeys, []);
  useShortcut('mod+k', 'Commands', onAsk('palette'), everywhere);
  useShortcut('/', 'Commands', onAsk('palette'), everywhere);
  useShortcut('?', 'This list', onAsk('shortcuts'), everywhere);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        Skip to the content
      </a>
      <Rail onSearch={onAsk('palette')} onShortcuts={onAsk('shortcuts')} />
      <TopBar onSearch={onAsk('palette')} onShortcuts={onAsk('shortcuts')} />
      <main id="content" tabIndex={-1} className={styles.content}>
        <Notices />
        {children}
      </main>
      {navigation.map((item) => (
        <GoTo key={item.path} {...item} />
      ))}
      <LazyPalette open={asking === 'palette'} onClose={close} />
      <ShortcutList open={asking === 'shortcuts'} onClose={close} />
      <DialogHost />
      <Toasts />
      <Tips />
    </div>
  );
}

const everywhere = { group: 'Everywhere' };

function GoTo({ path, label, keys }: (typeof navigation)[number]) {
  const [, go] = useLocation();
  useShortcut(keys, `Go to ${label}`, () => go(path), everywhere);
  return null;
}
