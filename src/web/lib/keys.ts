/** A shortcut is keys held together, joined by `+`, or pressed one after the other, with a space: "mod+k", "g o". */
export type Shortcut = string;

/** How the keys of a shortcut are written, in order. `mod` is Command on a Mac and Control elsewhere. */
export function keyNames(shortcut: Shortcut, mac: boolean): string[] {
  return shortcut
    .split(' ')
    .flatMap((chord) => chord.split('+'))
    .map((key) => nameOf(key, mac));
}

function nameOf(key: string, mac: boolean): string {
  if (key === 'mod') return mac ? '⌘' : 'Ctrl';
  const named: Record<string, string> = { escape: 'Esc', enter: '↵', up: '↑', down: '↓', shift: '⇧' };
  return named[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}

export interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** The chord that was pressed, as shortcuts spell it; `Shift` is in the character already. */
export function chordOf(press: Press): string {
  const key =
    press.key.length === 1 ? press.key.toLowerCase() : press.key.toLowerCase().replace(/^arrow/, '');
  return `${press.ctrlKey || press.metaKey ? 'mod+' : ''}${press.altKey ? 'alt+' : ''}${key}`;
}
