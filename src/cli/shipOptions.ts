import { Option } from 'commander';

/** `-f, --follow`. */
export const followOption = (): Option => new Option('-f, --follow', 'watch it to its end, with its log');

/** `--force REASON`. */
export const forceOption = (): Option =>
  new Option('--force <reason>', 'skip what may be skipped; the reason is kept in the audit log');

/** `--yes`. */
export const yesOption = (): Option => new Option('-y, --yes', 'do not ask');
