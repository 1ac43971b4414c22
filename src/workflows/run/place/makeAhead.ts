import type { ReadyPlace } from '../../../platform/processes/index.ts';
import type { JobPlace, JobPlaces } from './workspaces.ts';

/** The place of a job, and where its steps will run, if that could be made before it. */
export interface MadePlace {
  readonly place: JobPlace;
  readonly ready: ReadyPlace | undefined;
}

export interface PlacesAhead {
  /** The next one, which is the caller's to remove; its `ready` is the caller's to close. */
  take(): Promise<MadePlace>;
  /** Ends and removes what nobody took. */
  close(): Promise<void>;
}

/**
 * Makes the places of the next jobs while others run: to make one takes as long as a short job does. No more than
 * `most` in all, and not before the first job has its own.
 */
export function makeAhead(
  places: JobPlaces,
  {
    most,
    ahead,
    ready,
  }: {
    readonly most: number;
    readonly ahead: number;
    readonly ready: (place: JobPlace) => ReadyPlace | undefined;
  },
): PlacesAhead {
  const waiting: Promise<MadePlace>[] = [];
  let left = most;
  let isClosed = false;

  async function make(): Promise<MadePlace> {
    left -= 1;
    const place = await places.make();
    return { place, ready: ahead > 0 ? ready(place) : undefined };
  }

  async function take(): Promise<MadePlace> {
    // Why one could not be made says whoever needs it, by trying again.
    const made = await (waiting.shift()?.catch(make) ?? make());
    // Whoever took one begins first.
    setImmediate(fill);
    return made;
  }

  function fill(): void {
    while (!isClosed && waiting.length < ahead && left > 0) {
      const next = make();
      next.catch(() => undefined);
      waiting.push(next);
    }
  }

  async function close(): Promise<void> {
    isClosed = true;
    const unused = await Promise.allSettled(waiting.splice(0));
    for (const each of unused) {
      if (each.status === 'rejected') continue;
      await each.value.ready?.close();
      // What withstands is met again when the whole directory is removed.
      await each.value.place.remove().catch(() => undefined);
    }
  }

  return { take, close };
}
