import { parseDocument } from 'yaml';
import { checkFile } from '../src/workflows/check/index.ts';
import { readWorkflow } from '../src/workflows/language/index.ts';
import type { Bench, Measurement } from './lib/bench.ts';

const fileCount = 200;
const warmUps = 3;

/** A check belongs into editors and hooks, and stands before every run: it must not be felt. */
export const workflowCheck: Bench = {
  name: 'workflow-check',
  about: `reading and checking ${fileCount} workflows of real size (60 to 250 lines), warm, beside the YAML parser alone on the same text`,
  run: async () => measure(Array.from({ length: fileCount }, (_, index) => workflowText(index))),
};

function measure(texts: readonly string[]): Measurement[] {
  const act = {
    yaml: (text: string) => parseDocument(text, { uniqueKeys: false }),
    read: (text: string) => readWorkflow(text, 'bench.yml'),
    check: (text: string) => checkFile(text, '.github/workflows/bench.yml', null),
  };
  for (let round = 0; round < warmUps; round += 1) {
    for (const text of texts) for (const one of Object.values(act)) one(text);
  }
  const times = { yaml: [] as number[], read: [] as number[], check: [] as number[] };
  for (const text of texts) {
    times.yaml.push(msOf(() => act.yaml(text)));
    times.read.push(msOf(() => act.read(text)));
    times.check.push(msOf(() => act.check(text)));
  }
  const floor = { what: 'its YAML parsed', samples: times.yaml };
  return [
    { what: 'a workflow read', unit: 'ms', samples: times.read, floor },
    { what: 'a workflow checked', unit: 'ms', samples: times.check, floor, aim: { of: 'p50', limit: 5 } },
  ];
}

function msOf(act: () => unknown): number {
  const start = performance.now();
  act();
  return performance.now() - start;
}

/** Two to six jobs with what workflows typically have: filters, matrices, caches, conditions, outputs. */
function workflowText(index: number): string {
  const jobs = Array.from({ length: 2 + (index % 5) }, (_, job) => jobText(index, job));
  return `name: CI ${index}
on:
  push:
    branches: [main, 'release/**']
    paths-ignore: ['docs/**', '**.md']
  pull_request:
  schedule:
    - cron: '${index % 60} 4 * * 1-5'
  workflow_dispatch:
    inputs:
      level:
        type: choice
        options: [low, high]
        default: low
concurrency:
  group: ci-\${{ github.workflow }}-\${{ github.ref }}
  cancel-in-progress: true
permissions:
  contents: read
env:
  CI_INDEX: ${index}
jobs:
${jobs.join('\n')}
`;
}

function jobText(index: number, job: number): string {
  const needs = job === 0 ? '' : `    needs: [job-${job - 1}]\n`;
  const steps = Array.from({ length: 2 + ((index + job) % 4) }, (_, step) => stepText(step));
  return `  job-${job}:
    name: Job ${job} (\${{ matrix.os }}, \${{ matrix.node }})
    runs-on: \${{ matrix.os }}
${needs}    if: github.event_name != 'pull_request' || github.event.pull_request.draft == false
    strategy:
      fail-fast: false
      matrix:
        os: [ubuntu-latest, ubuntu-24.04]
        node: [20, 22, 24]
        include:
          - os: ubuntu-latest
            node: 25
    outputs:
      sha: \${{ steps.step-0.outputs.sha }}
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - uses: actions/setup-node@v4
        with:
          node-version: \${{ matrix.node }}
          cache: npm
${steps.join('\n')}`;
}

function stepText(step: number): string {
  return `      - name: Step ${step}
        id: step-${step}
        if: \${{ success() && matrix.node > 18 && !contains(github.ref, 'skip') }}
        env:
          KEY: \${{ hashFiles('**/package-lock.json') }}-\${{ runner.os }}
          TOKEN: \${{ secrets.GITHUB_TOKEN }}
        run: |
          set -e
          npm ci
          npm test -- --shard=${step}/4 --level="\${{ inputs.level }}"
          echo "sha=\${{ github.sha }}" >> "$GITHUB_OUTPUT"`;
}
