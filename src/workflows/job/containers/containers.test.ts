import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { askEngine, type ContainerEngine } from '../../../platform/containers/index.ts';
import { readAction } from '../../language/index.ts';
import type { YamlNode } from '../../language/source.ts';
import { testImage } from '../testing/containerImage.ts';
import { findLeftovers } from '../testing/findLeftovers.ts';
import { type JobOptions, startJob, type WrittenStep } from '../testing/startJob.ts';

const found = await testImage();
const image = found.missing === null ? found.image : '';
const suite =
  found.missing === null ? 'jobs in containers' : `jobs in containers (left out: ${found.missing})`;

describe.skipIf(found.missing !== null)(suite, () => {
  test('steps run in the image, and speak with the job as anywhere', async () => {
    const job = await startContainerJob(
      [
        {
          id: 'first',
          run: 'echo "answer=42" >> $GITHUB_OUTPUT; echo "LATER=yes" >> $GITHUB_ENV; echo "/own/bin" >> $GITHUB_PATH; echo text > made.txt; echo part > "$RUNNER_TEMP/x"; echo $HOME $GREETING hunter2-hunter2',
        },
        {
          run: 'echo ${{ steps.first.outputs.answer }} $LATER ${PATH%%:*} ${BASH_VERSION:-none}; ls $GITHUB_WORKSPACE; ls /bin/busybox',
        },
        { run: 'exit 3' },
        {
          run: 'test -n "${{ job.container.id }}" && test -n "${{ job.container.network }}" && echo known',
          if: 'always()',
        },
      ],
      {
        container: { image, env: { GREETING: '${{ github.repository }}' } },
        host: { secrets: { X: 'hunter2-hunter2' } },
      },
    );
    const { output } = job;
    expect(job.steps.join('\n'), output + job.finished.detail).toContain('exit code 3');
    expect(output).toMatch(
      /\/home acme\/harbor \*\*\*\n42 yes \/own\/bin none\nmade.txt\n\/bin\/busybox\nknown\n$/,
    );
    expect(await left()).toEqual([]);
  });

  test('without an image of its own a job runs in the one that isolation by containers names', async () => {
    const job = await startJob([{ run: 'test -e /usr/bin/env || echo inside' }], {
      host: { isolation: 'container', image },
    });
    expect(job.output, String(job.finished.detail)).toBe('inside\n');
    const none = await startJob([{ run: 'true' }], { host: { isolation: 'container' } });
    expect(none.finished.detail).toContain('--image');
  });

  test('cancel interrupts, kills what withstands, and always() steps run; nothing is left', async () => {
    const cancel = new AbortController();
    const job = await startContainerJob(
      [
        {
          run: "trap 'echo interrupted' INT; trap 'echo terminated' TERM; setsid sleep 600 & echo ready; while :; do sleep 1 || :; done",
        },
        { run: 'echo no' },
        { run: 'echo always', if: 'always()' },
      ],
      {
        container: { image },
        host: {
          cancel: cancel.signal,
          patience: { interruptMs: 1500, terminateMs: 1500, cancelledMs: 20_000 },
        },
        onEvent: (_event, output) => {
          if (output.includes('ready')) cancel.abort();
        },
      },
    );
    // Some shells tell of the sleep that ended with them, before or after the trap.
    expect(job.output.replace('Terminated\n', '')).toBe('ready\ninterrupted\nterminated\nalways\n');
    expect(job.conclusion).toBe('cancelled');
    expect(findLeftovers(`job-test-${process.pid}-`)).toEqual([]);
    expect(await left()).toEqual([]);
  });

  test('time limits end a step that ignores everything', async () => {
    const job = await startContainerJob(
      [{ run: "trap '' INT TERM; echo ready; while :; do sleep 1 || :; done", 'timeout-minutes': '0.02' }],
      { container: { image } },
    );
    expect(job.steps[0]).toContain('stopped at its time limit');
    expect(await left()).toEqual([]);
  });

  test('the limits of the run are those of the container', async () => {
    const limits = { memoryBytes: 64 * 2 ** 20, processes: 40 };
    const job = await startContainerJob(
      [
        {
          run: 'cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes 2> /dev/null || :',
        },
        { run: 'cat /sys/fs/cgroup/pids.max /sys/fs/cgroup/pids/pids.max 2> /dev/null || :' },
      ],
      { container: { image, options: '--memory 1g' }, host: { limits } },
    );
    expect(job.output, String(job.finished.detail)).toBe('67108864\n40\n');
  });

  const web = {
    image,
    ports: ['8080'],
    volumes: ['${{ github.workspace }}/www:/www:ro'],
    options:
      '--health-cmd "wget -q -O /dev/null http://127.0.0.1:8080/page" --health-interval 1s --health-retries 5',
  };
  const prepare = (workspace: string) => {
    mkdirSync(join(workspace, 'www'));
    writeFileSync(join(workspace, 'www/page'), 'of the service\n');
  };

  test('services are waited for, and have ports of this machine', async () => {
    const address = "http://127.0.0.1:${{ job.services.web.ports['8080'] }}/page";
    const script = `fetch("${address}").then(async (answer) => console.log((await answer.text()).trim()))`;
    const job = await startJob(
      [
        { run: script, shell: `${process.execPath} {0}` },
        { run: 'echo ${{ toJSON(job.services.*.network) }}' },
      ],
      { spec: { services: nodeOf({ web, none: { image: '' } }) }, prepare },
    );
    expect(job.output, job.finished.detail ?? '').toContain('of the service\n');
    expect(job.output).toContain('slipway-job-test');
    expect(await left()).toEqual([]);
  });

  test('a job in a container knows services by their names', async () => {
    const job = await startContainerJob([{ run: 'wget -q -O - http://web:8080/page' }], {
      container: { image },
      spec: { services: nodeOf({ web: { ...web, ports: [] } }) },
      prepare,
    });
    expect(job.output, job.finished.detail ?? '').toBe('of the service\n');
  });

  test('a service that never becomes healthy, or ends, fails the job with what it wrote', async () => {
    const start = (service: object) =>
      startJob([{ run: 'echo no' }], {
        spec: { services: nodeOf({ web: { ...web, ...service } }) },
        prepare,
      });
    const sick = '--health-cmd false --health-interval 1s --health-timeout 1s --health-retries 1';
    expect((await start({ options: sick })).finished.detail).toContain('the service web is not healthy');
    const ended = (await start({ volumes: [], options: '' })).finished;
    expect(ended).toMatchObject({ conclusion: 'failure', detail: expect.stringContaining('/www') });
    expect(await left()).toEqual([]);
  });

  test('what is a part of Slipway runs outside, where its programs are, on the same workspace', async () => {
    const program =
      'require("fs").writeFileSync("made.txt", require("fs").existsSync("/usr/bin/env") ? "outside" : "inside")';
    const { action } = readAction(
      'name: own\ndescription: own\nruns: { using: node24, main: m.js }\n',
      'action.yml',
    );
    if (action === null) throw new Error('the action is wrong');
    let directory = '';
    const find = async () => ({ directory, definition: action, builtIn: true });
    const job = await startContainerJob([{ uses: 'acme/own@v1' }, { run: 'cat made.txt' }], {
      container: { image },
      prepare: (workspace) => {
        directory = join(workspace, '../../own');
        mkdirSync(directory);
        writeFileSync(join(directory, 'm.js'), program);
      },
      host: { actions: { find, findWorkflow: () => Promise.reject(new Error('not asked')) } },
    });
    expect(job.output, job.steps.join()).toBe('outside');
  });

  test('what a run left that was killed, the next one removes', async () => {
    if (found.missing !== null) return;
    const label = ['--label', 'slipway.owner=4194305/1/another-boot'];
    const name = `slipway-left-${process.pid}`;
    await askEngine(found.engine, ['network', 'create', ...label, name]);
    const make = ['run', '-d', '--name', name, '--network', name, ...label, ...found.engine.limits];
    const made = await askEngine(found.engine, [...make, image, 'sleep', '600']);
    expect(made.code, made.errors).toBe(0);
    await startContainerJob([{ run: 'true' }], { container: { image } });
    expect((await askEngine(found.engine, ['container', 'inspect', name])).code).not.toBe(0);
    expect((await askEngine(found.engine, ['network', 'inspect', name])).code).not.toBe(0);
  });

  test('what would reach out of a container is refused, with what is allowed', async () => {
    const detail = async (container: object) =>
      (await startContainerJob([{ run: 'true' }], { container })).finished.detail;
    expect(await detail({ image, options: '--privileged' })).toContain(
      'the option --privileged is not allowed',
    );
    expect(await detail({ image, options: '--cpus 1 --network=host' })).toContain('--network is not allowed');
    expect(await detail({ image, volumes: ['/var/run/docker.sock:/x'] })).toContain('cannot be mounted');
    expect(await detail({ image, volumes: ['${{ github.workspace }}/../../..:/x'] })).toContain(
      'cannot be mounted',
    );
    expect(await detail({ image, ports: ['10.0.0.1:80:80'] })).toContain('is no port');
    expect(await detail({ image: 'localhost/there-is-none:1' })).toContain('could not be fetched');
    expect(await left()).toEqual([]);
  });
});

function startContainerJob(
  steps: WrittenStep[],
  { container, ...options }: JobOptions & { container: object },
) {
  return startJob(steps, { ...options, spec: { ...options.spec, container: nodeOf(container) } });
}

/** Containers and networks of jobs of this process. */
async function left(): Promise<string[]> {
  const engine = found.missing === null ? found.engine : ({ command: [] } as unknown as ContainerEngine);
  const filter = ['--filter', 'label=slipway.owner', '--format'];
  const containers = await askEngine(engine, ['ps', '-a', ...filter, '{{.Names}} {{.Labels}}']);
  const networks = await askEngine(engine, ['network', 'ls', ...filter, '{{.Name}}']);
  return `${containers.output}${networks.output}`
    .split('\n')
    .filter((line) => line.includes(`job-test-${process.pid}-`));
}

function nodeOf(value: unknown): YamlNode {
  const at = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
  if (Array.isArray(value)) return { kind: 'sequence', items: value.map(nodeOf), at };
  if (value === null || typeof value !== 'object') return { kind: 'scalar', value: value as string, at };
  const entries = Object.entries(value).map(([key, inner]) => ({
    key: { value: key, at },
    value: nodeOf(inner),
  }));
  return { kind: 'mapping', entries, at };
}
