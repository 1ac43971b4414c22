import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { type DeployDetail, isFinal } from '../../../contract/deploys.ts';
import { useLiveWhileHidden } from '../../app/liveContext.tsx';
import { useFlag } from '../../features/log/useFlag.ts';
import styles from '../../features/log/work.module.css';
import { Button } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/Icon.tsx';
import { sentence } from '../../ui/ProblemNote.tsx';
import { stateWord } from '../../ui/StateMark.tsx';
import { chime } from './chime.ts';

/** Whether one is told when it ends: by a notification, by a sound. Asked for, never on by itself. */
export function useAnnouncements(deploy: DeployDetail) {
  const [notify, setNotify] = useFlag('notify', false);
  const [sound, setSound] = useFlag('sound', false);
  const before = useRef(deploy.state);
  useLiveWhileHidden((notify || sound) && !isFinal(deploy.state));
  const announce = useEffectEvent(() => {
    const ended = !isFinal(before.current) && isFinal(deploy.state);
    before.current = deploy.state;
    if (!ended) return;
    if (sound) chime(deploy.state === 'succeeded');
    if (notify && permission() === 'granted') show(deploy);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is told once, when the state changes.
  useEffect(() => announce(), [deploy.state]);
  return { notify, setNotify, sound, setSound };
}

export type AnnouncementChoices = ReturnType<typeof useAnnouncements>;

/** The buttons by which one asks to be told. */
export function Announcements({ choices }: { choices: AnnouncementChoices }) {
  const { notify, setNotify, sound, setSound } = choices;
  const [refused, setRefused] = useState(false);
  const ask = async () => {
    if (notify) {
      setNotify(false);
      return;
    }
    const granted = permission() === 'granted' || (await Notification.requestPermission()) === 'granted';
    setRefused(!granted);
    setNotify(granted);
  };
  const hear = () => {
    // Heard at once: so one knows it, and the browser lets it sound later.
    if (!sound) chime(true);
    setSound(!sound);
  };
  return (
    <div className={styles.announcements}>
      {permission() !== 'impossible' && (
        <Button
          size="small"
          tone="quiet"
          aria-pressed={notify}
          className={classes(notify && styles.pressed)}
          onClick={() => void ask()}
        >
          <Icon name="bell" /> {notify ? 'You will be notified' : 'Notify me'}
        </Button>
      )}
      <Button
        size="small"
        tone="quiet"
        aria-pressed={sound}
        className={classes(sound && styles.pressed)}
        onClick={hear}
      >
        <Icon name="sound" /> {sound ? 'With sound' : 'Sound'}
      </Button>
      <span role="status" className={styles.quiet}>
        {refused && 'The browser does not allow notifications of this site; its settings do.'}
      </span>
    </div>
  );
}

/** Browsers know notifications on https and on this machine only. */
function permission(): NotificationPermission | 'impossible' {
  return typeof Notification === 'undefined' || !isSecureContext ? 'impossible' : Notification.permission;
}

function show(deploy: DeployDetail): void {
  const notification = new Notification(`${deploy.name}: ${stateWord(deploy.state)}`, {
    body: sentence(deploy.result ?? deploy.title),
    tag: deploy.name,
  });
  notification.onclick = () => {
    window.focus();
    notification.close();
  };
}
