/** How much of something is held at once, at most. */
export interface ByteBudget {
  /** Takes a part of it; false when so much is not left, and then nothing is taken. */
  take(bytes: number): boolean;
  giveBack(bytes: number): void;
}

export function byteBudget(totalBytes: number): ByteBudget {
  let left = totalBytes;
  return {
    take(bytes) {
      if (bytes > left) return false;
      left -= bytes;
      return true;
    },
    giveBack(bytes) {
      left += bytes;
    },
  };
}
