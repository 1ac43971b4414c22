import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Wakes are gathered for so long under a flood of writes; a write after a quiet time wakes at once. */
const gatherMs = 5;
/** Inotify loses nothing in practice; a file system without it, or a machine out of watches, is polled. */
const watchedTickMs = 250;
const unwatchedTickMs = 50;

/** Tells when a file may have grown, whether it exists already or not. One serves any number of waiters. */
export class LogWatch {
  /** Grows with every wake. Read it before looking at the file, so that no wake in between is missed. */
  version = 0;
  /** Grows with every tick of the slow clock, which wakes too. */
  ticks = 0;
  readonly #path: string;
  readonly #waiters = new Set<() => void>();
  #watcher: FSWatcher | undefined;
  #watchesFile = false;
  #tick: NodeJS.Timeout | undefined;
  #gather: NodeJS.Timeout | undefined;
  #wokenAt = 0;

  constructor(path: string) {
    this.#path = path;
    this.#arm();
    this.#scheduleTick();
  }

  /** Resolves at the next wake after `version`, or when the signal is aborted. */
  changedSince(version: number, signal: AbortSignal): Promise<void> {
    if (this.version !== version || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiters.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiters.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }

  close(): void {
    this.#watcher?.close();
    clearTimeout(this.#tick);
    clearTimeout(this.#gather);
    this.#wake();
  }

  /** Watches the file, or until it exists its directory. */
  #arm(): void {
    this.#watcher?.close();
    this.#watchesFile = true;
    this.#watcher = this.#tryWatch(this.#path, () => this.#wakeSoon());
    if (this.#watcher) return;
    this.#watchesFile = false;
    this.#watcher = this.#tryWatch(dirname(this.#path), (name) => {
      if (name === basename(this.#path) && !this.#watchesFile) this.#armAndWake();
    });
  }

  #armAndWake(): void {
    this.#arm();
    this.#wakeSoon();
  }

  /** Undefined where nothing can be watched: the ticks then do the work and try again. */
  #tryWatch(path: string, onEvent: (name: string | null) => void): FSWatcher | undefined {
    try {
      const watcher = watch(path, (_event, name) => onEvent(name));
      watcher.on('error', () => this.#forget(watcher));
      return watcher;
    } catch {
      return undefined;
    }
  }

  #forget(watcher: FSWatcher): void {
    watcher.close();
    if (this.#watcher === watcher) this.#watcher = undefined;
  }

  #scheduleTick(): void {
    this.#tick = setTimeout(
      () => {
        this.ticks += 1;
        if (!this.#watcher || !this.#watchesFile) this.#arm();
        this.#scheduleTick();
        this.#wake();
      },
      this.#watcher ? watchedTickMs : unwatchedTickMs,
    );
  }

  #wakeSoon(): void {
    if (this.#gather) return;
    const waitMs = this.#wokenAt + gatherMs - performance.now();
    if (waitMs <= 0) this.#wake();
    else this.#gather = setTimeout(() => this.#wake(), waitMs);
  }

  #wake(): void {
    clearTimeout(this.#gather);
    this.#gather = undefined;
    this.#wokenAt = performance.now();
    this.version += 1;
    for (const wake of [...this.#waiters]) wake();
  }
}
