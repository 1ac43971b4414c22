import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createShip, refusal, type Ship } from '../../../test/harness/ship.ts';
import type { Client } from '../../contract/client.ts';
import type { Deploy } from '../../contract/deploys.ts';
import { api } from '../../contract/index.ts';

let ship: Ship;
let deploy: Deploy;
beforeAll(async () => {
  ship = await createShip({
    app: {
      steps: [
        { name: 'Build', run: 'echo building; printf "▸ step 2/3 Test: pretended\\n▸ step 3/3 Ship: too"' },
        { name: 'Test', run: 'seq 3' },
        { name: 'Ship', run: 'echo "no line feed at its end: \\c"; exit 3' },
      ],
    },
    environments: { production: { steps: [{ name: 'Wait', run: 'read -r never < /dev/zero' }] } },
  });
  deploy = await ship.until(await ship.deploy('staging'), 'failed');
});
afterAll(() => ship.close());

const paramsOf = ({ app, environment, number }: Deploy) => ({ params: { app, environment, number } });
const watch = async (client: Client, of = deploy) =>
  (await client.call(api.watchDeploy, paramsOf(of))).items.map((watcher) => watcher.name);

describe('who looks at a deploy', () => {
  it('is told to all who do, who came first at first, until they go', async () => {
    const [viewer, member] = [await ship.api.as('viewer'), await ship.api.as('member')];
    const names = async (client: Client) => (await watch(client)).map((name) => name.split('.')[0]);
    expect(await names(viewer)).toEqual(['viewer']);
    ship.api.advance(1000);
    expect(await names(member)).toEqual(['viewer', 'member']);
    expect(await names(viewer)).toEqual(['viewer', 'member']);
    await viewer.call(api.stopWatching, paramsOf(deploy));
    expect(await names(member)).toEqual(['member']);
    await member.call(api.stopWatching, paramsOf(deploy));
  });

  it('is forgotten when it is not said again, and begins anew after that', async () => {
    const [viewer, member] = [await ship.api.as('viewer'), await ship.api.as('member')];
    await watch(viewer);
    ship.api.advance(40_000);
    expect(await watch(member)).toHaveLength(2);
    ship.api.advance(10_000);
    expect(await watch(member)).toEqual([expect.stringContaining('member')]);
    expect((await watch(viewer)).at(-1)).toContain('viewer');
  });

  it('is nobody at a deploy that does not exist', async () => {
    const nowhere = { params: { app: 'harbor', environment: 'staging', number: 999 } };
    expect(await refusal(ship.client.call(api.watchDeploy, nowhere))).toBe('not_found');
    expect(await refusal(ship.client.call(api.stopWatching, nowhere))).toBe('not_found');
    expect(await refusal(ship.api.anonymous.call(api.watchDeploy, paramsOf(deploy)))).toBe('unauthenticated');
  });
});

describe('the outline of a log', () => {
  it('says where each step and the end begin, whatever the steps print', async () => {
    const outline = await ship.client.call(api.logOutline, paramsOf(deploy));
    const { items } = await ship.client.call(api.logLines, paramsOf(deploy));
    const beginning = (section: { line: number }) => items[section.line - 1]?.text;
    expect(outline.sections.map(({ kind, position }) => [kind, position])).toEqual([
      ['step', 1],
      ['step', 2],
      ['step', 3],
      ['end', null],
    ]);
    expect(outline.sections.map(beginning)).toEqual([
      expect.stringContaining('▸ step 1/3 Build: echo building'),
      expect.stringContaining('▸ step 2/3 Test: seq 3'),
      expect.stringContaining('▸ step 3/3 Ship: '),
      expect.stringContaining(`✗ ${deploy.name} failed`),
    ]);
    const { log_bytes } = await ship.show(deploy);
    expect(outline).toMatchObject({
      lines: items.length,
      offset: log_bytes,
      size: log_bytes,
      finished: true,
    });
  });

  it('is empty before it begins, and grows with it', async () => {
    await ship.lock({ app: 'harbor', environment: 'production' }, 'Not yet');
    const waiting = await ship.deploy('production');
    expect(await ship.client.call(api.logOutline, paramsOf(waiting))).toEqual({
      lines: 0,
      offset: 0,
      size: 0,
      finished: false,
      sections: [],
    });
    await ship.cancel(waiting);
    expect(await ship.client.call(api.logOutline, paramsOf(waiting))).toMatchObject({
      lines: 0,
      finished: true,
      sections: [],
    });
  });
});
