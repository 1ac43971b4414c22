import { configEnvironment } from '../../platform/git/index.ts';

/** What git's server side is told, beside `platform/git/gitconfig`. */
export function serverConfig(pushLimitBytes: number): Record<string, string> {
  return configEnvironment([
    ['http.receivepack', 'true'],
    ['transfer.hideRefs', 'refs/slipway'],
    ['transfer.fsckObjects', 'true'],
    ['receive.fsckObjects', 'true'],
    // Histories of old tools have these, and nothing can be done about them without rewriting every commit.
    ['receive.fsck.badTimezone', 'warn'],
    ['receive.fsck.missingSpaceBeforeDate', 'warn'],
    ['receive.fsck.zeroPaddedFilemode', 'warn'],
    ['receive.maxInputSize', String(pushLimitBytes)],
    ['receive.autogc', 'false'],
    // What was pushed is there after a power failure too: its event is in the database then.
    ['core.fsync', 'committed,reference'],
    ['core.fsyncMethod', 'batch'],
    ['uploadpack.allowFilter', 'true'],
    // Who may read may read all of it, and a checkout asks for a sha whose branch may have moved on.
    ['uploadpack.allowAnySHA1InWant', 'true'],
  ]);
}
