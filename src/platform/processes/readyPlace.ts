import { tmpEntries } from './ownTmp.ts';
import type { SharedPlace, SharedPlaceOptions } from './place.ts';
import { openSharedPlace } from './sharedPlace.ts';

/**
 * A shared place that is made ready before somebody needs it, since that takes as long as a short command. Close it
 * in the end: a place that nobody took is a process that runs.
 */
export class ReadyPlace {
  readonly #options: SharedPlaceOptions;
  #opening: Promise<SharedPlace | undefined> | undefined;

  /** Begins. Never fails: whatever is wrong, who opens a place without this one meets it again and says so. */
  constructor(options: SharedPlaceOptions) {
    this.#options = options;
    this.#opening = openSharedPlace(options).then(
      (opened) => ('refused' in opened ? undefined : opened),
      () => undefined,
    );
  }

  /** Hands it out, if it is one as these options ask for. It is the caller's to end; undefined: there is none left. */
  async take(options: SharedPlaceOptions): Promise<SharedPlace | undefined> {
    const opening = this.#opening;
    if (opening === undefined) return undefined;
    if (!areAlike(options, this.#options)) {
      await this.close();
      return undefined;
    }
    this.#opening = undefined;
    return opening;
  }

  async close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = undefined;
    await (await opening)?.end();
  }
}

function areAlike(one: SharedPlaceOptions, other: SharedPlaceOptions): boolean {
  return fingerprint(one) === fingerprint(other) && one.launcher === other.launcher;
}

const fingerprint = ({ marker, isolation, tmp, enter = [] }: SharedPlaceOptions): string =>
  JSON.stringify([marker, isolation, tmp.directory, tmpEntries(tmp.keep).sort(), enter]);
