import { type DeployDetail, isFinal } from '../../../contract/deploys.ts';
import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { paths } from '../../app/paths.ts';
import { WorkClock } from '../../features/log/WorkClock.tsx';
import styles from '../../features/log/work.module.css';
import { progressOf } from '../../lib/progress.ts';
import { useNow } from '../../ui/now.ts';
import { sentence } from '../../ui/ProblemNote.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { Sha } from '../../ui/Sha.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { TextLink } from '../../ui/TextLink.tsx';
import { Time } from '../../ui/Time.tsx';
import { Announcements, useAnnouncements } from './Announcements.tsx';

/** How it stands, in one line, and how far it is. */
export function Standing({ deploy }: { deploy: DeployDetail }) {
  const choices = useAnnouncements(deploy);
  return (
    <section className={styles.standing} aria-label="State">
      <p className={styles.state} role="status">
        <StateMark state={deploy.held === null ? deploy.state : 'held'} />
        {deploy.live && <StateMark state="live" word={`Live in ${deploy.environment}`} />}
        <span className={styles.words}>
          {deploy.state === 'succeeded' && !deploy.live ? <Since deploy={deploy} /> : wordsOf(deploy)}
        </span>
      </p>
      <p className={styles.clock}>
        <WorkClock waitingSince={deploy.requested_at} work={deploy} />
      </p>
      {!isFinal(deploy.state) && <Announcements choices={choices} />}
      <HowFar deploy={deploy} />
    </section>
  );
}

/** It was live once: its own last words would be read as if it still were. */
function Since({ deploy }: { deploy: DeployDetail }) {
  const { data } = useApi(api.listApps, { query: { app: deploy.app } });
  if (data === undefined) return null;
  const live = data.items[0]?.environments.find(({ name }) => name === deploy.environment)?.live;
  if (!live) return 'Its environment is not declared any more.';
  return (
    <>
      Not live any more: {live.kind === 'rollback' ? 'rolled back to' : 'replaced by'} <Sha sha={live.sha} />{' '}
      in <TextLink to={paths.deploy(live)}>#{live.number}</TextLink>,{' '}
      <Time at={live.finished_at ?? live.requested_at} />.
    </>
  );
}

function wordsOf(deploy: DeployDetail): string {
  if (deploy.result !== null) return sentence(deploy.result);
  if (deploy.held !== null) return sentence(deploy.held.reason);
  if (deploy.state === 'cancelling' && deploy.cancel_requested !== null)
    return `${deploy.cancel_requested.by} asked to cancel it: its steps are being ended.`;
  const step = deploy.steps.find(({ state }) => state === 'running');
  if (deploy.state === 'running' && step !== undefined)
    return `Step ${step.position} of ${deploy.steps.length}: ${step.name}`;
  if (deploy.state === 'verifying') return 'All steps are done; its health is being looked at.';
  return deploy.state === 'queued' ? 'It waits for its turn.' : 'It begins.';
}

function HowFar({ deploy }: { deploy: DeployDetail }) {
  const now = useNow(1000);
  const progress = progressOf(deploy, now);
  if (progress === undefined) return null;
  return (
    <div className={styles.progress}>
      <Progress value={progress.value} label={deploy.name} valueText={progress.text} />
      <span className={styles.left}>{progress.value === undefined ? 'no estimate yet' : progress.text}</span>
    </div>
  );
}
