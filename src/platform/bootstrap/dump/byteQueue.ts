/** Bytes that arrive in chunks and are taken from the front. What was taken is never written over. */
export class ByteQueue {
  #store: Buffer = Buffer.alloc(0);
  #start = 0;
  #end = 0;
  /** A chunk that was handed in belongs to the caller: only a store made here has room behind its end. */
  #owned = false;

  /** All that is there; valid until the next `append`. */
  get bytes(): Buffer {
    return this.#store.subarray(this.#start, this.#end);
  }

  get length(): number {
    return this.#end - this.#start;
  }

  append(chunk: Buffer): void {
    if (this.length === 0) {
      this.#hold(chunk, chunk.length, false);
      return;
    }
    if (this.#owned && this.#store.length - this.#end >= chunk.length) {
      chunk.copy(this.#store, this.#end);
    } else this.#move(chunk);
    this.#end += chunk.length;
  }

  take(count: number): Buffer {
    const taken = this.#store.subarray(this.#start, this.#start + count);
    this.#start += count;
    return taken;
  }

  /** Room for as much again, so that a long statement is copied a few times and not once for each chunk. */
  #move(chunk: Buffer): void {
    const { bytes, length } = this;
    const store = Buffer.allocUnsafeSlow(2 * length + chunk.length);
    bytes.copy(store);
    chunk.copy(store, length);
    this.#hold(store, length, true);
  }

  #hold(store: Buffer, end: number, owned: boolean): void {
    this.#store = store;
    this.#start = 0;
    this.#end = end;
    this.#owned = owned;
  }
}
