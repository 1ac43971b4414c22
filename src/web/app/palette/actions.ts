import { useEffect, useLayoutEffect, useRef } from 'react';
import type { IconName } from '../../ui/Icon.tsx';

/** Something one can do or go to from anywhere. */
export interface PaletteAction {
  readonly id: string;
  /** "Roll back harbor/production", "harbor/staging#12". */
  readonly label: string;
  /** The heading it stands under. */
  readonly group: PaletteGroup;
  /** Found by these words too. */
  readonly keywords?: string;
  /** Quiet, at the end of the line. */
  readonly hint?: string;
  readonly icon?: IconName;
  readonly run: () => void;
}

export const paletteGroups = ['This page', 'Actions', 'Apps', 'Commits', 'Deploys', 'Runs', 'Go to'] as const;
export type PaletteGroup = (typeof paletteGroups)[number];

type Source = () => readonly PaletteAction[];
const sources = new Set<Source>();

/** Adds actions to the palette while a screen is shown. `actions` is asked when the palette opens. */
export function usePaletteActions(actions: () => readonly PaletteAction[]): void {
  // The palette asks while it renders, when effect events may not be called.
  const current = useRef(actions);
  useLayoutEffect(() => {
    current.current = actions;
  });
  useEffect(() => {
    const source: Source = () => current.current();
    sources.add(source);
    return () => {
      sources.delete(source);
    };
  }, []);
}

/** What the screens that are shown offer. */
export const actionsOfScreens = (): PaletteAction[] => [...sources].flatMap((source) => source());
