import { parseArgs } from 'node:util';
import { soakRuns } from './runs/soakRuns.ts';
import { soak } from './soak.ts';

const usage = `bin/soak: kills Slipway at random moments, and checks that everything it says stays true

  --runs          runs of workflows, instead of deploys
  --seed N          repeats the choices of an earlier soak (7070)
  --rounds N        how often it is killed (50)
  --seconds N       the longest time from a start to the next kill (3)
  --apps N          how many apps, with three environments each (3); of deploys only
  --users N         how many people work at once (4)
  --no-namespaces   as on a machine that has none for the processes of steps`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '7070' },
    rounds: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '3' },
    apps: { type: 'string', default: '3' },
    users: { type: 'string', default: '4' },
    runs: { type: 'boolean', default: false },
    'no-namespaces': { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const common = {
  seed: Number(values.seed),
  rounds: Number(values.rounds),
  users: Number(values.users),
  namespaces: !values['no-namespaces'],
  trafficMs: Number(values.seconds) * 1000,
  say: (line: string) => console.log(line),
};

const show = (counts: ReadonlyMap<string, number>) =>
  [...counts].map(([what, n]) => `${n} ${what}`).join(', ');

const sayWhole = ({ rounds, seconds }: { rounds: number; seconds: number }) =>
  console.log(`${rounds} rounds in ${seconds.toFixed(0)} s: nothing untrue, nothing stuck, nothing left`);

if (values.help) {
  console.log(usage);
} else if (values.runs) {
  const report = await soakRuns({ ...common, stepSeconds: 0.05 });
  sayWhole(report);
  console.log(`  kills    ${show(report.kills)}`);
  console.log(`  actions  ${show(report.actions)}`);
  console.log(`  runs     ${show(report.runs)}`);
  console.log(`  jobs     ${show(report.jobs)}, ${report.repeated} repeated`);
} else {
  const report = await soak({
    ...common,
    world: {
      apps: Number(values.apps),
      environments: ['test', 'staging', 'production'],
      lineSeconds: 0.1,
    },
  });
  sayWhole(report);
  console.log(`  kills    ${show(report.kills)}`);
  console.log(`  actions  ${show(report.actions)}`);
  console.log(`  deploys  ${show(report.deploys)}`);
  console.log(`  watched  ${report.events} events, ${report.logsFollowed} logs`);
}
