import { useRef } from 'react';
import { type DeployDetail, isActive, isFinal } from '../../../contract/deploys.ts';
import { usePageStatus } from '../../app/pageStatus.ts';
import { paths } from '../../app/paths.ts';
import { LogPanel } from '../../features/log/LogPanel.tsx';
import { type Beginning, useLog } from '../../features/log/useLog.ts';
import { useLogSearch } from '../../features/log/useLogSearch.ts';
import styles from '../../features/log/work.module.css';
import { progressOf } from '../../lib/progress.ts';
import { useNow } from '../../ui/now.ts';
import { Page } from '../../ui/Page.tsx';
import { TextLink } from '../../ui/TextLink.tsx';
import { useFittingHeight } from '../../ui/useFittingHeight.ts';
import { About } from './About.tsx';
import { Actions } from './Actions.tsx';
import { Changes } from './Changes.tsx';
import { deployLog, deployWriter } from './deployLog.ts';
import { Standing } from './Standing.tsx';
import { Steps } from './Steps.tsx';
import { Timeline } from './Timeline.tsx';
import { Waiting } from './Waiting.tsx';
import { Watchers } from './Watchers.tsx';

/** A deploy that is there: its facts beside its log. */
export function DeployPage({ deploy }: { deploy: DeployDetail }) {
  const { app, environment } = deploy;
  const log = useLog(deployLog(deploy), beginningOf(deploy));
  const search = useLogSearch(log);
  const place = useRef<HTMLElement>(null);
  useFittingHeight(place);
  return (
    <Page
      wide
      above={
        <>
          <TextLink to={paths.app(app)}>{app}</TextLink>
          {' / '}
          <TextLink to={paths.deploys({ app, environment })}>{environment}</TextLink>
        </>
      }
      title={deploy.name}
      about={<About deploy={deploy} />}
      actions={<Actions deploy={deploy} />}
    >
      <TabStatus deploy={deploy} />
      <Standing deploy={deploy} />
      {deploy.state === 'queued' && <Waiting deploy={deploy} />}
      <div className={styles.layout}>
        <div className={styles.steps}>
          <Steps deploy={deploy} log={log} />
        </div>
        <section ref={place} className={styles.log} aria-label="Log of the deploy">
          {log === undefined ? (
            <div className={styles.logSkeleton} />
          ) : (
            <LogPanel writer={deployWriter(deploy)} log={log} search={search} />
          )}
        </section>
        <div className={styles.more}>
          <Watchers deploy={deploy} />
          <Changes deploy={deploy} />
          <Timeline deploy={deploy} />
        </div>
      </div>
    </Page>
  );
}

/** What runs is followed; of what failed the end tells why. */
function beginningOf(deploy: DeployDetail): Beginning {
  if (!isFinal(deploy.state)) return 'following';
  return deploy.state === 'succeeded' ? 'start' : 'end';
}

/** The tab says how it stands, to who waits in another one. */
function TabStatus({ deploy }: { deploy: DeployDetail }) {
  const now = useNow(1000);
  const state = deploy.state === 'queued' || deploy.state === 'superseded' ? undefined : deploy.state;
  usePageStatus({
    title: deploy.name,
    state,
    progress: isActive(deploy.state) ? progressOf(deploy, now)?.value : undefined,
  });
  return null;
}
