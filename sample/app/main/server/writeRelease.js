import { writeFileSync } from 'node:fs';

/** Notes in `directory` which commit this is, so that what runs can say so. */
export function writeRelease(directory) {
  const { SLIPWAY_SHA: sha = 'unreleased', SLIPWAY_REF: ref = '', SLIPWAY_NUMBER: number = '' } = process.env;
  writeFileSync(`${directory}/release.json`, JSON.stringify({ sha, ref, number }));
}
