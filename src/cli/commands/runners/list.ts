import { api } from '../../../contract/addresses.ts';
import { defineCommand } from '../../command.ts';

export const list = defineCommand({
  name: 'list',
  summary: 'runners that are alive, and what they run',
  examples: [['slipway runners', 'those of deploys and those of jobs']],
  async run({ client, out }) {
    const answer = await (await client()).call(api.listRunners, {});
    out.show(answer, () => {
      if (answer.items.length === 0) {
        out.line('no runner is alive; slipway up starts one, slipway runner one on another machine');
        return;
      }
      out.table(
        [
          { title: 'NAME', flexible: true },
          { title: 'TAKES' },
          { title: 'LABELS' },
          { title: 'ROOM', align: 'right' },
          { title: 'RUNS', flexible: true },
          { title: 'FROM' },
          { title: 'SEEN' },
        ],
        answer.items.map((runner) => [
          { text: runner.name, style: 'bold' },
          runner.draining ? `${runner.kind} (draining)` : runner.kind,
          runner.labels.join(','),
          runner.capacity === null ? '' : String(runner.capacity),
          [...runner.running, ...runner.jobs.map(({ name }) => name)].join(', '),
          runner.address ?? runner.host,
          out.time(runner.last_seen_at),
        ]),
      );
    });
    return undefined;
  },
});
