import { Option } from 'commander';
import { api } from '../../contract/addresses.ts';
import { UnreachableError } from '../../contract/client.ts';
import { EventRecord } from '../../contract/system.ts';
import { defineCommand } from '../command.ts';
import { openLink } from '../follow/link.ts';
import { plainDocument } from '../output/plainText.ts';
import { clockTime } from '../output/time.ts';
import { Interrupted } from '../problem.ts';

export const eventsCommand = defineCommand<{ subject?: string; after?: string }>({
  name: 'events',
  summary: 'follow what changes, everywhere',
  details: 'With --json a document a line. After a lost connection it goes on where it stopped.',
  options: [
    new Option('--subject <subject>', 'of this app, environment or deploy only: harbor, harbor/staging'),
    new Option('--after <id>', 'begin after this event instead of now'),
  ],
  examples: [
    ['slipway events', 'until Ctrl-C'],
    ['slipway events --subject harbor/production --json', 'for a script'],
  ],
  async run(run) {
    const { out, options } = run;
    const interrupt = new AbortController();
    const { signal } = interrupt;
    let position = options.after;
    const link = openLink({
      open: async () => (await run.connect()).client,
      signal,
      onLost: (error) =>
        out.note(`slipway: ${error instanceof Error ? error.message : error}. Trying again…`),
      onBack: () => out.note('slipway: connected again'),
    });
    const follow = () =>
      link.keepTrying(async (client) => {
        const query = {
          ...(options.subject && { subject: options.subject }),
          ...(position && { after: position }),
        };
        for await (const event of client.stream(api.events, { query }, { signal })) {
          link.alive();
          const record = EventRecord.parse(event.data);
          position = String(record.id);
          if (out.json) out.record(record);
          else out.line(writeEvent(plainDocument(record)));
        }
        throw new UnreachableError('the events', new Error('the server ended the connection'));
      });
    try {
      await run.interrupts.during(() => interrupt.abort(), follow);
    } catch (error) {
      throw signal.aborted ? new Interrupted() : error;
    }
    return undefined;
  },
});

function writeEvent(event: EventRecord): string {
  const said = event.data.result ?? event.data.reason ?? '';
  const words = typeof said === 'string' ? said : '';
  return `${clockTime(new Date(event.at))}  ${event.kind.padEnd(26)}  ${event.subject}  by ${event.actor}  ${words}`.trimEnd();
}
