import { api } from '../../contract/addresses.ts';
import { defineCommand } from '../command.ts';

export const whoamiCommand = defineCommand({
  name: 'whoami',
  summary: 'who you are, and which Slipway you talk to',
  examples: [['slipway whoami', 'name, role, teams and server']],
  async run({ connect, client, out }) {
    const { url, origin } = await connect();
    const me = await (await client()).call(api.me, {});
    out.show({ ...me, url }, () => {
      out.line(`${out.paint('bold', me.name)} at ${url}`);
      out.line(`  ${out.paint('dim', 'role'.padEnd(9))}${me.role}`);
      out.line(
        `  ${out.paint('dim', 'teams'.padEnd(9))}${me.teams.join(', ') || (me.kind === 'machine' ? 'all' : '-')}`,
      );
      out.line(`  ${out.paint('dim', 'may'.padEnd(9))}${me.scopes.join(', ')}`);
      const why = {
        named: 'it was named',
        profile: 'signed in with slipway login',
        local: 'it runs on this machine',
      };
      out.line(`  ${out.paint('dim', 'because'.padEnd(9))}${why[origin]}`);
    });
    return undefined;
  },
});
