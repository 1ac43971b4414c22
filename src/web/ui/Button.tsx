import type { ComponentProps, ReactNode } from 'react';
import { Link } from 'wouter';
import styles from './Button.module.css';
import { classes } from './classes.ts';

export type Tone = 'plain' | 'solid' | 'quiet' | 'danger';

interface Look {
  /** `solid`: the one thing this place is for. `danger`: takes something away. `quiet`: no border. */
  readonly tone?: Tone | undefined;
  readonly size?: 'small' | 'normal' | 'large' | undefined;
}

const lookOf = ({ tone = 'plain', size = 'normal' }: Look, className?: string) =>
  classes(styles.button, styles[tone], styles[size], className);

export interface ButtonProps extends Look, ComponentProps<'button'> {
  /** It was pressed and the server has not answered: pressing again does nothing, and the word says so. */
  readonly pending?: boolean | undefined;
  readonly pendingLabel?: ReactNode;
}

/** Something to press. While it is pending it keeps the focus and its width. */
export function Button({
  tone,
  size,
  pending = false,
  pendingLabel,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={lookOf({ tone, size }, className)}
      aria-disabled={pending || rest['aria-disabled'] || undefined}
      aria-busy={pending || undefined}
      onClick={pending ? (event) => event.preventDefault() : onClick}
    >
      {pending && pendingLabel !== undefined ? pendingLabel : children}
    </button>
  );
}

/** A link that looks like a button. `to` is a route of the app. */
export function LinkButton({ tone, size, className, ...rest }: Look & LinkProps) {
  return <Link {...rest} className={lookOf({ tone, size }, className)} />;
}
interface LinkProps extends Omit<ComponentProps<'a'>, 'href' | 'className'> {
  readonly to: string;
  readonly className?: string | undefined;
}

export interface IconButtonProps extends Omit<ButtonProps, 'aria-label' | 'pendingLabel'> {
  /** What it does, in words: its name for who cannot see the sign, and its tip for who can. */
  readonly label: string;
}

/** A button that shows a sign only. */
export function IconButton({ label, tone = 'quiet', className, children, ...rest }: IconButtonProps) {
  return (
    <Button
      {...rest}
      tone={tone}
      className={classes(styles.icon, className)}
      aria-label={label}
      data-tip={label}
    >
      {children}
    </Button>
  );
}
