import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { copyText } from '../../lib/copy.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { copyLines, mostCopied } from './copyLines.ts';
import styles from './log.module.css';
import type { OpenedLog } from './useLog.ts';

/** What can be done with the lines that were selected: the address of them, their text. */
export function SelectedLines({ log }: { log: OpenedLog }) {
  const { range, clear } = log.selection;
  if (range === undefined) return null;
  return <Actions key={`${range.from}-${range.to}`} {...{ log, range, clear }} />;
}

function Actions({
  log,
  range,
  clear,
}: {
  log: OpenedLog;
  range: { from: number; to: number };
  clear: () => void;
}) {
  const [said, setSaid] = useState('');
  const link = useMutation({
    mutationFn: () => copyText(location.href),
    onSuccess: () => setSaid('Link copied'),
  });
  const text = useMutation({
    mutationFn: () => copyLines(log.source, range),
    onSuccess: () => setSaid('Text copied'),
  });
  const lines = range.to - range.from + 1;
  const failed = link.error ?? text.error;
  return (
    <div className={styles.selection}>
      <span>{lines === 1 ? `Line ${range.from}` : `Lines ${range.from}–${range.to}`}</span>
      <Button size="small" onClick={() => link.mutate()}>
        <Icon name="link" /> Copy link
      </Button>
      {lines <= mostCopied && (
        <Button size="small" pending={text.isPending} onClick={() => text.mutate()}>
          <Icon name="copy" /> Copy text
        </Button>
      )}
      <IconButton label="Select nothing" size="small" onClick={clear}>
        <Icon name="close" />
      </IconButton>
      <span role="status" className={styles.said}>
        {failed === null ? said : `It could not be copied: ${failed.message}`}
      </span>
    </div>
  );
}
