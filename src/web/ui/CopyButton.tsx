import { type ReactNode, useEffect, useRef, useState } from 'react';
import { copyText } from '../lib/copy.ts';
import { Button, type ButtonProps, IconButton } from './Button.tsx';
import { Icon } from './Icon.tsx';

export interface CopyButtonProps extends Pick<ButtonProps, 'size' | 'tone'> {
  readonly text: string;
  /** What is copied: "Copy sha". */
  readonly label: string;
  /** Shown beside the sign; without it the sign stands alone. */
  readonly children?: ReactNode;
}

/** Copies a text, and says so for a moment. */
export function CopyButton({ text, label, children, size = 'small', tone = 'quiet' }: CopyButtonProps) {
  const [copied, copy] = useCopy(text);
  const sign = <Icon name={copied ? 'check' : 'copy'} />;
  const said = (
    <span role="status" className="visually-hidden">
      {copied ? 'Copied' : ''}
    </span>
  );
  if (children === undefined)
    return (
      <>
        <IconButton label={copied ? 'Copied' : label} size={size} tone={tone} onClick={copy}>
          {sign}
        </IconButton>
        {said}
      </>
    );
  return (
    <>
      <Button aria-label={label} size={size} tone={tone} onClick={copy}>
        {sign} {children}
      </Button>
      {said}
    </>
  );
}

/** Whether the text was copied a moment ago, and how to copy it. */
export function useCopy(text: string): [copied: boolean, copy: () => void] {
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return [
    copied,
    () => {
      void copyText(text).then(() => setCopied(true));
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setCopied(false), 1500);
    },
  ];
}
