import { packageVersion } from '../../platform/version.ts';
import { defineCommand } from '../command.ts';

export const versionCommand = defineCommand({
  name: 'version',
  summary: 'the version of this command',
  examples: [['slipway version', 'of Slipway and of Node']],
  async run({ out }) {
    const versions = { slipway: packageVersion(), node: process.versions.node };
    out.show(versions, () => out.line(`slipway ${versions.slipway} (Node ${versions.node})`));
    return undefined;
  },
});
