import { Avatar } from '../ui/Avatar.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Menu } from '../ui/Menu.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { useSignOut, useUser } from './session.ts';
import { themes, useTheme } from './theme.ts';
import styles from './UserMenu.module.css';

const themeLabels = { system: 'As the system', light: 'Light', dark: 'Dark' } as const;

/** Who am I, and what is mine: the theme, the keys, the way out. */
export function UserMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const user = useUser();
  const [theme, chooseTheme] = useTheme();
  const signOut = useSignOut();
  const name = user.name || user.username;
  return (
    <>
      <ProblemNote error={signOut.error} doing="Signing out" />
      <Menu
        label={`You are ${name}, ${user.role}`}
        tone="quiet"
        className={styles.button}
        entries={[
          { heading: `${user.username}, ${user.role}` },
          ...themes.map((known) => ({
            label: themeLabels[known],
            checked: theme === known,
            onSelect: () => chooseTheme(known),
          })),
          'separator',
          { label: 'Keyboard', icon: 'keyboard', hint: '?', onSelect: onShortcuts },
          { label: 'Sign out', onSelect: () => signOut.mutate() },
        ]}
      >
        <Avatar name={name} />
        <span className={styles.name}>{name}</span>
        <Icon name="chevronDown" />
      </Menu>
    </>
  );
}
