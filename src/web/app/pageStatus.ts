import { useEffect } from 'react';
import { type FaviconState, favicon } from './favicon.ts';

export interface PageStatus {
  /** Of this page, without the name of the product: "harbor", "Deploys". */
  readonly title: string;
  /** Between 0 and 1; stands before the title, and in the favicon. */
  readonly progress?: number | undefined;
  /** Shown by the favicon's colour and shape. */
  readonly state?: FaviconState | undefined;
}

/** Says in the tab's title and icon what this page is about and how it stands. One a page. */
export function usePageStatus({ title, progress, state }: PageStatus): void {
  const percent = progress === undefined ? undefined : Math.round(progress * 100);
  useEffect(() => {
    const prefix = percent === undefined ? '' : `${percent} % · `;
    document.title = `${prefix}${title} · Slipway`;
  }, [title, percent]);
  useEffect(() => {
    setFavicon(favicon(state, percent === undefined ? undefined : percent / 100));
  }, [state, percent]);
  useEffect(() => () => setFavicon(undefined), []);
}

let plainFavicon: string | undefined;

function setFavicon(address: string | undefined): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (link === null) return;
  plainFavicon ??= link.href;
  link.href = address ?? plainFavicon;
}
