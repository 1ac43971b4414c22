import { type DragEvent, type RefObject, useRef, useState } from 'react';
import { sizeText } from '../../../lib/size.ts';
import { Button } from '../../../ui/Button.tsx';
import { classes } from '../../../ui/classes.ts';
import { TextArea, TextInput } from '../../../ui/Field.tsx';
import styles from './configuration.module.css';

/** A file as it would be handed in. */
export interface Draft {
  readonly text: string;
  readonly file: string;
  readonly prune: boolean;
  readonly replace: boolean;
  /** Too long to be shown and edited here. */
  readonly isLarge: boolean;
}

export const emptyDraft: Draft = {
  text: '',
  file: 'slipway.yml',
  prune: false,
  replace: false,
  isLarge: false,
};

/** A text field gets slow with more than this. */
const longestShown = 300_000;

export interface FileInputProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly textRef: RefObject<HTMLTextAreaElement | null>;
}

/** The text of a file: typed, pasted, chosen, or dropped here. */
export function FileInput({ draft, onChange, textRef }: FileInputProps) {
  const chooser = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    const text = await file.text();
    onChange({ ...draft, text, file: file.name, isLarge: text.length > longestShown });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button does the same.
    <div
      className={classes(styles.drop, over && styles.over)}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div className={styles.head}>
        <TextInput
          label="Name of the file"
          required
          maxLength={300}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={draft.file}
          onChange={(event) => onChange({ ...draft, file: event.target.value })}
        />
        <input
          ref={chooser}
          type="file"
          accept=".yml,.yaml,application/yaml"
          hidden
          aria-label="Configuration file"
          onChange={(event) => {
            void take(event.target.files?.[0]);
            // The same file can be chosen again once it has changed.
            event.target.value = '';
          }}
        />
        <Button onClick={() => chooser.current?.click()}>Choose a file…</Button>
      </div>
      {draft.isLarge ? (
        <p className={styles.large}>
          <strong>{draft.file}</strong>, {sizeText(new Blob([draft.text]).size)}: too long to be shown here.{' '}
          <Button size="small" onClick={() => onChange(emptyDraft)}>
            Take it away
          </Button>
        </p>
      ) : (
        <TextArea
          ref={textRef}
          label="Its text"
          className={styles.text}
          rows={12}
          wrap="off"
          spellCheck={false}
          autoCapitalize="none"
          placeholder={'repositories:\n  harbor:\n    url: https://git.example.com/harbor.git\n…'}
          value={draft.text}
          onChange={(event) => onChange({ ...draft, text: event.target.value })}
        />
      )}
    </div>
  );
}
