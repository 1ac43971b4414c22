import { api } from '../../contract/addresses.ts';
import { findDeploy } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import { waitingLines } from '../follow/waiting.ts';

export const whyCommand = defineCommand({
  name: 'why <deploy>',
  summary: "why isn't it moving? The reasons in order, and who can clear each",
  examples: [
    ['slipway why harbor/production#7', 'that deploy'],
    ['slipway why harbor/production', 'the newest one there'],
  ],
  async run({ client, out }, name) {
    const server = await client();
    const why = await server.call(api.why, { params: await findDeploy(server, name ?? '') });
    out.show(why, () => {
      out.line(
        `${out.paint('bold', why.deploy)} is ${why.state}${why.reasons.length > 0 ? ', and waits:' : ''}`,
      );
      if (why.waiting) for (const line of waitingLines(why, out)) out.line(line);
      else if (why.notes.length === 0) out.line('  nothing is in its way');
      for (const note of why.notes) out.line(`  ${out.paint('dim', note)}`);
    });
    return undefined;
  },
});
