import type { ComponentProps } from 'react';
import { Link } from 'wouter';
import styles from './TextLink.module.css';

type TextLinkProps = Omit<ComponentProps<'a'>, 'href' | 'className'> & { readonly to: string };

/** A link to a route of the app, of the colour of its text and underlined when it is pointed at: for lists. */
export function TextLink({ to, ...rest }: TextLinkProps) {
  return <Link {...rest} to={to} className={styles.link} />;
}
