/** A word of a command to be copied into a shell: in quotes where the shell would not take it as it is. */
export function shellWord(word: string): string {
  // `|` stands between values to choose from: what is copied with it needs an edit anyway.
  return /^[\w@%+=:,./|~#-]+$/.test(word) && !/^[~#|]/.test(word)
    ? word
    : `'${word.replaceAll("'", "'\\''")}'`;
}
