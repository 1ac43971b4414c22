import type { DeployDetail, Why } from '../../contract/deploys.ts';
import { isFinal } from '../../contract/states.ts';
import { type DeployParams, nameOf } from '../arguments.ts';
import type { Run } from '../command.ts';
import { type LiveArea, openLiveArea } from '../output/liveArea.ts';
import { createLogFilter } from '../output/logFilter.ts';
import type { Output } from '../output/output.ts';
import { drawProgress } from '../output/progress.ts';
import { styleOfState } from '../output/states.ts';
import { waitingLines } from './waiting.ts';

/** What somebody who follows a deploy sees. */
export interface View {
  log(text: string): void;
  state(deploy: DeployDetail, why: Why | undefined): void;
  notice(text: string): void;
  close(): void;
}

/** The view for where output goes: a terminal that is watched, a pipe or file, or (with `--json`) nothing yet. */
export function openView(run: Run, params: DeployParams): View {
  if (run.out.json) return { log() {}, state() {}, notice() {}, close() {} };
  return run.out.terminal.watched ? liveView(run, params) : plainView(run.out, params);
}

const redrawMs = 250;

/** The log scrolls; below it stands how far the deploy is, or why it waits. */
function liveView(run: Run, params: DeployParams): View {
  const { terminal } = run.out;
  const filter = createLogFilter({ colours: terminal.colours });
  const area: LiveArea = openLiveArea(terminal.stdout, terminal.columns);
  let latest: { deploy: DeployDetail; why: Why | undefined } | undefined;
  let closed = false;
  const draw = () => {
    if (latest !== undefined) area.show(statusLines(run, latest.deploy, latest.why, terminal.columns()));
  };
  area.show([terminal.paint('dim', `${nameOf(params)} …`)]);
  const timer = setInterval(draw, redrawMs);
  terminal.stdout.on('resize', draw);
  return {
    log: (text) => area.write(filter.filter(text)),
    state: (deploy, why) => {
      latest = { deploy, why };
      draw();
    },
    notice: (text) => area.write(`${terminal.paint('yellow', `slipway: ${text}`)}\n`),
    close: () => {
      if (closed) return;
      closed = true;
      clearInterval(timer);
      terminal.stdout.off('resize', draw);
      area.close();
    },
  };
}

function statusLines(run: Run, deploy: DeployDetail, why: Why | undefined, columns: number): string[] {
  const { paint, terminal } = run.out;
  const state = paint(styleOfState[deploy.state], deploy.state);
  const head = `${paint('bold', deploy.name)}  ${state}`;
  if (why !== undefined) return [head, ...waitingLines(why, run.out)];
  const facts = {
    state: deploy.state,
    steps: deploy.steps,
    elapsedSeconds:
      deploy.started_at === null ? null : (run.now().getTime() - Date.parse(deploy.started_at)) / 1000,
    estimateSeconds: deploy.estimate_seconds,
  };
  return [head, drawProgress(facts, columns, terminal.unicode)];
}

/** The log on standard output; what happens to the deploy on standard error, once each. */
function plainView(out: Output, params: DeployParams): View {
  const filter = createLogFilter({ colours: out.terminal.colours });
  let told = '';
  return {
    log: (text) => void out.terminal.stdout.write(filter.filter(text)),
    state: (deploy, why) => {
      // How it ended is told by whoever follows.
      if (isFinal(deploy.state)) return;
      const reasons = why !== undefined && why.reasons.length > 0 ? waitingLines(why, out) : [];
      const text = [`${nameOf(params)} ${deploy.state}`, ...reasons].join('\n');
      if (text !== told) out.note(text);
      told = text;
    },
    notice: (text) => out.note(`slipway: ${text}`),
    close: () => {},
  };
}
