/** One thing that was looked at. `missing` means that something does not work without it. */
export interface Finding {
  readonly name: string;
  readonly state: 'ok' | 'warn' | 'missing';
  readonly message: string;
  /** How to get it, for what is not ok. */
  readonly fix?: string;
}

export const ok = (name: string, message: string): Finding => ({ name, state: 'ok', message });
export const warn = (name: string, message: string, fix: string): Finding => ({
  name,
  state: 'warn',
  message,
  fix,
});
export const missing = (name: string, message: string, fix: string): Finding => ({
  name,
  state: 'missing',
  message,
  fix,
});
