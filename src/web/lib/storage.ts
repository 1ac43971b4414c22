/** What this browser remembers; nothing where storage is forbidden. */
export const storage = {
  read(name: string): string | null {
    try {
      return localStorage.getItem(`slipway.${name}`);
    } catch {
      return null;
    }
  },
  write(name: string, value: string | null): void {
    try {
      if (value === null) localStorage.removeItem(`slipway.${name}`);
      else localStorage.setItem(`slipway.${name}`, value);
    } catch {
      // It is remembered until the page is left.
    }
  },
};
