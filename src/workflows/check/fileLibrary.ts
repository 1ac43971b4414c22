/** The other files of the repository; paths are relative to its root, with `/`. */
export interface FileLibrary {
  /** The text of a file, or null when it is not there or is no text. */
  read(path: string): string | null;
}
