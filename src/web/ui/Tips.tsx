import { useEffect, useRef } from 'react';
import styles from './Tips.module.css';

const showAfterMs = 350;
const gapPx = 6;

/**
 * Shows the `data-tip` of what the pointer rests on, or the keyboard is at. One for the whole page, since a page
 * has thousands of times and shas: none of them pays for its tip before it is shown. Escape hides it, and the
 * pointer may go onto it (WCAG 2.2, 1.4.13).
 */
export function Tips() {
  const tip = useRef<HTMLDivElement>(null);
  useEffect(() => (tip.current === null ? undefined : watchTips(tip.current)), []);
  return <div ref={tip} id="tip" role="tooltip" hidden className={styles.tip} />;
}

function watchTips(tip: HTMLElement): () => void {
  const stop = new AbortController();
  let shownFor: Element | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function show(target: Element): void {
    const text = target.getAttribute('data-tip');
    if (text === null || !target.isConnected) return;
    hide();
    shownFor = target;
    tip.textContent = text;
    tip.hidden = false;
    // What has no name but the tip has it already; everything else is described by it.
    if (target.getAttribute('aria-label') !== text) target.setAttribute('aria-describedby', tip.id);
    place(tip, target);
  }

  function hide(): void {
    clearTimeout(timer);
    if (shownFor?.getAttribute('aria-describedby') === tip.id) shownFor.removeAttribute('aria-describedby');
    shownFor = undefined;
    tip.hidden = true;
  }

  function consider(event: Event, delayMs: number): void {
    const over = event.target instanceof Element ? event.target : undefined;
    const target = over?.closest('[data-tip]') ?? undefined;
    clearTimeout(timer);
    if (over === tip || (target !== undefined && target === shownFor)) return;
    timer = setTimeout(() => (target === undefined ? hide() : show(target)), shownFor ? 80 : delayMs);
  }

  const { signal } = stop;
  document.addEventListener('pointerover', (event) => consider(event, showAfterMs), { signal });
  document.addEventListener(
    'focusin',
    (event) => {
      if (event.target instanceof Element && event.target.matches(':focus-visible')) consider(event, 0);
    },
    { signal },
  );
  document.addEventListener('focusout', hide, { signal });
  document.addEventListener('pointerdown', hide, { signal });
  document.addEventListener('scroll', hide, { signal, capture: true, passive: true });
  document.addEventListener('keydown', (event) => event.key === 'Escape' && hide(), { signal });
  return () => {
    hide();
    stop.abort();
  };
}

/** Below its target, or above where there is no room. */
function place(tip: HTMLElement, target: Element): void {
  const { left, top, bottom, width } = target.getBoundingClientRect();
  const middle = left + width / 2 - tip.offsetWidth / 2;
  const below = bottom + gapPx;
  const fits = below + tip.offsetHeight < innerHeight;
  tip.style.left = `${Math.max(4, Math.min(middle, innerWidth - tip.offsetWidth - 4))}px`;
  tip.style.top = `${fits ? below : top - gapPx - tip.offsetHeight}px`;
}
