import { useState } from 'react';
import type { Link } from '../../lib/history.ts';

/** Which commit is looked at: by the pointer, by the keyboard, or unfolded. */
export interface Selection {
  /** The row that the keyboard is at. */
  readonly cursor: string | undefined;
  /** The row whose brackets are shown, and the environment they are shown for; all of them unless one is meant. */
  readonly candidate: string | undefined;
  readonly environment: string | undefined;
  readonly unfolded: string | undefined;
  moveTo(sha: string): void;
  hover(sha: string | undefined, environment?: string): void;
  /** Steps to the environment beside: -1 to the left, 1 to the right; before the first one are all of them. */
  turn(step: 1 | -1): void;
  unfold(sha: string | undefined): void;
}

interface Place {
  readonly sha: string | undefined;
  readonly environment: string | undefined;
}
const nowhere: Place = { sha: undefined, environment: undefined };

export function useSelection(environments: readonly string[]): Selection {
  const [cursor, setCursor] = useState<Place>(nowhere);
  const [hovered, setHovered] = useState<Place>(nowhere);
  const [unfolded, setUnfolded] = useState<string>();
  const meant = hovered.sha === undefined ? cursor : hovered;
  return {
    cursor: cursor.sha,
    candidate: meant.sha,
    environment: meant.environment,
    unfolded,
    moveTo: (sha) => {
      setHovered(nowhere);
      setCursor((now) => ({ ...now, sha }));
    },
    hover: (sha, environment) =>
      setHovered((now) => (now.sha === sha && now.environment === environment ? now : { sha, environment })),
    turn: (step) => {
      const all = [undefined, ...environments];
      setHovered(nowhere);
      setCursor((now) => ({
        ...now,
        environment: all.at((all.indexOf(now.environment) + step) % all.length),
      }));
    },
    unfold: setUnfolded,
  };
}

/** The row to go to from the cursor; the first one when it is nowhere. */
export function rowBeside(rows: readonly Link[], cursor: string | undefined, step: number): number {
  const at = rows.findIndex((row) => row.sha === cursor);
  if (at === -1) return 0;
  return Math.min(rows.length - 1, Math.max(0, at + step));
}
