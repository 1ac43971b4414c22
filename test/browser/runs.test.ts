import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role, Scope } from '../../src/contract/endpoint.ts';
import { api } from '../../src/contract/index.ts';
import { puttingUp } from '../harness/artifactActions.ts';
import { type Ci, createCi, type Files, job, workflow } from '../harness/ci.ts';
import { expectAccessible } from './harness/accessible.ts';
import { signIn } from './harness/people.ts';
import { browserForFile, type VisitOptions } from './harness/visitor.ts';

const visit = browserForFile();
let ci: Ci;
beforeAll(async () => {
  ci = await createCi();
});
afterAll(() => ci[Symbol.asyncDispose]());

const open = async (
  path: string,
  { role = 'owner', ...options }: VisitOptions & { role?: Role } = {},
): Promise<Page> => {
  const page = await visit(ci.api.address, options);
  await signIn(page, ci.api, role);
  await page.goto(path);
  return page;
};
const state = (page: Page) => page.getByRole('region', { name: 'State' });
const gate = (name: string) => join(ci.scratch, name);
const waitAt = (name: string) => `while [ -e ${gate(name)} ]; do sleep 0.02; done`;

/** A matrix, a job that fails while a file is there, what it blocks, and what is skipped by its own condition. */
const checks = (): Files =>
  workflow('checks', {
    on: ['push'],
    jobs: {
      build: job(['echo built']),
      unit: job(['echo "${{ matrix.tide }} tide"'], {
        needs: 'build',
        strategy: { matrix: { tide: ['high', 'low'] } },
      }),
      lint: job(
        [
          `printf '<testsuite name="tides"><testcase name="ebbs"/><testcase name="floods"><failure>too dry</failure></testcase></testsuite>' > junit.xml`,
          `if [ -e ${gate('broken')} ]; then echo "::error file=src/tide.ts,line=7,col=3::the tide is out"; exit 3; fi`,
          'echo "## All shipshape" >> "$GITHUB_STEP_SUMMARY"',
        ],
        { needs: 'build' },
      ),
      ship: job(['echo shipped'], { needs: ['unit', 'lint'] }),
      nightly: job(['echo never'], { if: "github.event_name == 'schedule'" }),
    },
  });

describe('a push', () => {
  it('appears live, is opened at its failing step, and is green after what failed was run again', async () => {
    await writeFile(gate('broken'), '');
    const page = await open('/runs');
    await page.getByText('No workflow has run yet').waitFor();
    await page.getByText('git push slipway').waitFor();
    await expectAccessible(page);

    await ci.push(checks(), { message: 'Watch the tide' });
    const row = page.getByRole('row', { name: /harbor\/checks#1/ });
    await row.getByText('Failed', { exact: true }).waitFor();
    await row.getByRole('img', { name: /3 succeeded/ }).waitFor();
    await expectAccessible(page);

    await row.getByRole('link', { name: 'harbor/checks#1' }).click();
    const graph = page.getByRole('region', { name: 'Graph of jobs' });
    await graph.getByText('2 jobs').waitFor();
    await graph.getByRole('link', { name: 'unit (high)' }).waitFor();
    await graph
      .getByText(/schedule/)
      .first()
      .waitFor();
    await graph.locator('[data-job=ship] [data-state=blocked]').waitFor();
    const tests = page.getByRole('list', { name: 'Tests' }).getByRole('listitem');
    await tests.nth(1).getByText('ebbs').waitFor();
    // What failed stands first.
    await tests.first().getByText('too dry').waitFor();
    await page.getByRole('region', { name: 'src/tide.ts' }).getByText('the tide is out').waitFor();
    expect(await page.locator('link[rel="icon"]').getAttribute('href')).toMatch(/^data:image\/svg/);
    await expectAccessible(page);

    await graph.getByRole('link', { name: 'lint' }).click();
    await state(page).getByText(/exit/).waitFor();
    const log = page.getByRole('region', { name: 'Log of the job' });
    await log.getByText('the tide is out').first().waitFor();
    await log.getByText('step 3').first().waitFor();
    await expectAccessible(page);

    await rm(gate('broken'));
    await page.getByRole('link', { name: 'harbor/checks#1' }).click();
    await page.getByRole('button', { name: 'Re-run failed' }).click();
    await state(page).getByText('Succeeded', { exact: true }).waitFor();
    await page.getByText('All shipshape').waitFor();
    await page.getByText('kept from an earlier attempt').first().waitFor();
    await page.getByRole('link', { name: 'Attempt 1' }).click();
    await page.getByText('What is shown is how it was then.').waitFor();
    await expectAccessible(page);
  });

  it('whose workflow cannot be planned says where it is wrong', async () => {
    const sha = await ci.push({
      '.github/workflows/crooked.yml':
        'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    needs: b\n    steps: []\n',
    });
    const [run] = await ci.runsOf(sha);
    const page = await open(`/runs/${run?.id}`);
    await page.getByText('The workflow could not be planned').waitFor();
    await page
      .getByText(/crooked\.yml:\d+:\d+/)
      .first()
      .waitFor();
    await expectAccessible(page);
  });
});

describe('a run that goes on', () => {
  it('is cancelled once it was said what that means', async () => {
    await writeFile(gate('slow'), '');
    const sha = await ci.push(workflow('slow', { on: 'push', jobs: { wait: job([waitAt('slow')]) } }));
    const [run] = await ci.runsOf(sha);
    const page = await open(`/runs/${run?.id}`);
    await state(page).getByText('Running', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Cancel harbor/slow#1?' });
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Cancel the run' }).click();
    await state(page).getByText('Cancelled', { exact: true }).waitFor();
    await rm(gate('slow'));
  });

  it('is nothing to act on for who only looks, and says why it waits', async () => {
    const sha = await ci.push(
      workflow('far', {
        on: 'push',
        jobs: { far: job(['true'], { 'runs-on': ['self-hosted', 'lighthouse'] }) },
      }),
    );
    const [run] = await ci.runsOf(sha);
    const page = await open(`/runs/${run?.id}`, { role: 'viewer', narrow: true });
    await page
      .getByText(/no runner has all of its labels/)
      .first()
      .waitFor();
    expect(await page.getByRole('button', { name: 'Cancel', exact: true }).count()).toBe(0);
    await expectAccessible(page);
    await ci.client.call(api.cancelRun, { params: { run: run?.id ?? 0 } });
  });
});

describe('a workflow that is started by hand', () => {
  const release = () =>
    workflow('release', {
      on: {
        workflow_dispatch: {
          inputs: {
            version: { description: 'As it is tagged', required: true, type: 'string' },
            dry: { type: 'boolean', default: true },
            count: { type: 'number', default: 2 },
            coast: { type: 'choice', options: ['north', 'south'] },
          },
        },
      },
      jobs: {
        go: job([
          'echo "${{ inputs.version }} to the ${{ inputs.coast }}, ${{ inputs.count }}, ${{ inputs.dry }}"',
        ]),
      },
    });

  it('asks for its inputs, and its run is gone to', async () => {
    await ci.push(release());
    const page = await open('/runs?repository=harbor');
    await page.getByRole('button', { name: 'Start a workflow…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Start a workflow' });
    await dialog.getByLabel('version (required)').fill('v7');
    await dialog.getByLabel('coast').selectOption('south');
    await dialog.getByLabel('dry').uncheck();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Start it' }).click();
    await page.getByRole('heading', { name: 'harbor/release#1' }).waitFor();
    await page.getByRole('link', { name: 'go', exact: true }).click();
    await page.getByText('v7 to the south, 2, false').first().waitFor();
  });

  it('says at the field what is wrong with it, and keeps what was typed', async () => {
    const inputs = {
      berth: { type: 'string' },
      // An empty default is none: only the server says so.
      tug: { type: 'string', required: true, default: '' },
    };
    await ci.push(workflow('tow', { on: { workflow_dispatch: { inputs } }, jobs: { tow: job(['true']) } }));
    const page = await open('/runs?repository=harbor', { narrow: true, tolerate: [/status of 400/] });
    await page.getByRole('button', { name: 'Start a workflow…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Start a workflow' });
    await dialog.getByLabel('berth').fill('seven');
    await dialog.getByRole('button', { name: 'Start it' }).click();
    const tug = dialog.getByRole('textbox', { name: 'tug (required)', description: /requires it/ });
    await tug.waitFor();
    expect(await tug.getAttribute('aria-invalid')).toBe('true');
    await expectAccessible(page);
    expect(await dialog.getByLabel('berth').inputValue()).toBe('seven');
    await tug.fill('Bollard');
    await dialog.getByRole('button', { name: 'Start it' }).click();
    await page.getByRole('heading', { name: 'harbor/tow#1' }).waitFor();
  });
});

describe('a job that asks to be let in', () => {
  const ask = async (name: string, ...ids: string[]) => {
    const asking = ids.map((id) => [id, job(['echo moored'], { environment: 'production' })]);
    const sha = await ci.push(workflow(name, { on: 'push', jobs: Object.fromEntries(asking) }));
    const [run] = await ci.runsOf(sha);
    const { id, jobs_list } = await ci.until(
      run?.id ?? 0,
      'questions',
      (one) => one.jobs_list.filter(({ needs_approval }) => needs_approval).length === ids.length,
    );
    return jobs_list.map((asked) => `/runs/${id}/jobs/${asked.id}`);
  };

  it('is approved, or refused with a reason, by those who may; others read who they are', async () => {
    await ci.client.call(api.createTeam, { body: { slug: 'pilots' } });
    await ci.client.call(api.setWorkflowEnvironment, {
      params: { repository: 'harbor', environment: 'production' },
      body: { approval: 'teams', teams: ['pilots'] },
    });
    const [moor = '', drift = ''] = await ask('moor', 'moor', 'drift');

    const member = await open(moor, { role: 'member' });
    await member.getByText('That takes a member of pilots, or an admin.').waitFor();
    expect(await member.getByRole('button', { name: /Approve|Refuse/ }).count()).toBe(0);
    await expectAccessible(member);
    // They may from the moment on that somebody makes them one of the team.
    await ci.client.call(api.addTeamMember, { params: { team: 'pilots', username: 'member' } });
    await member.getByRole('button', { name: 'Approve' }).waitFor();

    const page = await open(moor);
    await page.getByText('waits to be let into production').waitFor();
    await page.getByLabel('Reason').fill('Slack water');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Approve' }).click();
    await state(page).getByText('Succeeded', { exact: true }).waitFor();
    await page.getByRole('region', { name: 'Log of the job' }).getByText('moored').first().waitFor();

    await page.goto(drift);
    await page.getByLabel('Reason').fill('Fog until noon');
    await page.getByRole('button', { name: 'Refuse' }).click();
    await state(page).getByText('Failed', { exact: true }).waitFor();
    await state(page).getByText('Refused by owner: Fog until noon').waitFor();
    await page.getByText('None of its steps began.').waitFor();
    expect(await page.getByRole('button', { name: /Approve|Refuse/ }).count()).toBe(0);
  });

  it('says to a token that may only read that it may not decide, and who may', async () => {
    const [path = ''] = await ask('anchor', 'anchor');
    const params = { job: Number(path.split('/').at(-1)) };
    const mayApprove = async (scopes: Scope[]) =>
      (await (await ci.api.as('admin', { scopes })).call(api.showJob, { params })).approval?.may_approve;
    expect(await mayApprove(['read'])).toBe(false);
    expect(await mayApprove(['read', 'deploy'])).toBe(true);
    await ci.client.call(api.cancelRun, { params: { run: Number(path.split('/')[2]) } });
  });
});

describe('a run of workflows that call workflows', () => {
  const calls = (): Files => ({
    ...workflow('voyage', {
      on: 'push',
      jobs: {
        load: job(['echo loaded']),
        sail: { uses: './.github/workflows/leg.yml', needs: 'load', with: { coast: 'north' } },
        land: {
          'runs-on': 'ubuntu-latest',
          needs: 'sail',
          steps: [{ uses: 'actions/checkout@v4' }, { uses: './up' }],
        },
      },
    }),
    ...workflow('leg', {
      on: { workflow_call: { inputs: { coast: { type: 'string' } } } },
      jobs: {
        steer: job(['echo "along the ${{ inputs.coast }}"']),
        watches: { uses: './.github/workflows/watch.yml', needs: 'steer' },
      },
    }),
    ...workflow('watch', {
      on: 'workflow_call',
      jobs: {
        keep: job(['echo "${{ matrix.bell }} bells"'], { strategy: { matrix: { bell: [4, 8] } } }),
      },
    }),
    ...puttingUp('logbook', "'ten knots\\n'"),
  });

  it('shows each inside of what calls it, and what a job put up is downloaded as it was', async () => {
    const sha = await ci.push(calls());
    const run = await ci.ended(sha, 'voyage');
    const page = await open(`/runs/${run.id}`);
    await state(page).getByText('Succeeded', { exact: true }).waitFor();
    const graph = page.getByRole('region', { name: 'Graph of jobs' });
    const sail = graph.getByRole('list', { name: 'Jobs that sail calls' });
    const watches = sail.getByRole('list', { name: 'Jobs that watches calls' });
    await sail.getByRole('link', { name: 'steer', exact: true }).waitFor();
    await watches.getByText('2 jobs').waitFor();
    await expectAccessible(page);

    const artifacts = page.getByRole('list', { name: 'Artifacts' });
    await artifacts.getByText('10 B').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      artifacts.getByRole('link', { name: 'logbook' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('logbook.zip');
    expect(await readFile(await download.path(), 'utf8')).toBe('ten knots\n');

    await watches.getByRole('link', { name: 'keep (8)', exact: true }).click();
    await page.getByRole('region', { name: 'Log of the job' }).getByText('8 bells').first().waitFor();
  });
});

it('is gone through by keys alone: the list, the run, the job', async () => {
  const page = await open('/runs');
  await page.getByRole('link', { name: 'harbor/checks#1' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await page.getByRole('heading', { name: 'Deploys' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await page.getByRole('link', { name: 'harbor/checks#1' }).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  const first = page.locator('[data-row-link]').first();
  expect(await first.evaluate((link) => link === document.activeElement)).toBe(true);
  const name = await first.textContent();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: name ?? '' }).waitFor();
});
