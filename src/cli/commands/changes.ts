import { Option } from 'commander';
import { api } from '../../contract/addresses.ts';
import { collectPages, type LimitOptions, limitOf, limitOptions, requireTarget } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import { fetchRepository } from '../fetchRepository.ts';
import { printChanges, printSummary } from '../views/changes.ts';

interface Options extends LimitOptions {
  readonly fetch?: boolean;
  readonly exitCode?: boolean;
}

export const changesCommand = defineCommand<Options>({
  name: 'changes <app> [environment] [ref]',
  summary: 'what would go out, or be taken away, if REF were shipped now',
  details:
    'REF is a branch, a tag, a sha, :current or :previous; without one the default ref of the environment. Commits that do not touch the paths of the app are dimmed.',
  options: [
    ...limitOptions(50),
    new Option('--fetch', 'look for new commits first'),
    new Option('--exit-code', 'exit with 4 when there is something to ship'),
  ],
  examples: [
    ['slipway changes harbor production', 'what is waiting to go to production'],
    ['slipway changes harbor/production v1.4 --all', 'everything between what is live and a tag'],
    ['slipway changes harbor production :previous', 'what a rollback would take away'],
  ],
  async run(run, app = '', ...words) {
    const { out, options } = run;
    const client = await run.client();
    const target = await requireTarget(client, app, ...words);
    if (options.fetch) await fetchRepository(run, client, target.repository);
    const params = { app: target.app, environment: target.environment };
    const [ref] = target.rest;
    const changes = await collectPages(limitOf(options), (page) =>
      client.call(api.listChanges, { params, query: { ...(ref && { ref }), ...page } }),
    );
    out.show(changes, () => {
      printSummary(out, target, changes);
      printChanges(out, changes.items);
      const left = changes.out + changes.away - changes.items.length;
      if (left > 0) out.note(out.paint('dim', `… and ${left} more: --all shows them`));
      if (!options.fetch)
        out.note(
          out.paint(
            'dim',
            `as of the fetch ${out.time(changes.fetched_at)}; --fetch looks for newer commits`,
          ),
        );
    });
    return options.exitCode && changes.relation !== 'same' ? exitCodes.failed : undefined;
  },
});
