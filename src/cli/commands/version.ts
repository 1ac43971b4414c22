import { defineCommand } from '../command.ts';
import { readVersion } from '../version.ts';

export const versionCommand = defineCommand({
  name: 'version',
  summary: 'the version of this command',
  examples: [['slipway version', 'of Slipway and of Node']],
  async run({ out }) {
    const versions = { slipway: readVersion(), node: process.versions.node };
    out.show(versions, () => out.line(`slipway ${versions.slipway} (Node ${versions.node})`));
    return undefined;
  },
});
