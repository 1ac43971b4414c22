import styles from './Icon.module.css';

const paths = {
  menu: 'M2 4h12M2 8h12M2 12h12',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.3 10.3 14 14',
  close: 'm3.5 3.5 9 9m0-9-9 9',
  check: 'm3 8.5 3.2 3.2L13 4.8',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  chevronDown: 'm4 6 4 4 4-4',
  chevronRight: 'm6 4 4 4-4 4',
  arrowRight: 'M2.5 8h11M9 3.5 13.5 8 9 12.5',
  arrowUp: 'M8 13.5v-11M3.5 7 8 2.5 12.5 7',
  arrowDown: 'M8 2.5v11M3.5 9 8 13.5 12.5 9',
  back: 'M13.5 8h-11M7 3.5 2.5 8 7 12.5',
  rollback: 'M2.5 6h7a4 4 0 0 1 0 8H5M5.5 3 2.5 6l3 3',
  retry: 'M13.5 8a5.5 5.5 0 1 1-1.6-3.9M13.5 2v3.5H10',
  lock: 'M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5',
  unlock: 'M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 4.8-1',
  stop: 'M3.5 3.5h9v9h-9z',
  external: 'M6.5 3.5h-4v10h10v-4M9 2.5h4.5V7M13.5 2.5 7.5 8.5',
  download: 'M8 2.5v8M4.5 7.5 8 11l3.5-3.5M2.5 13.5h11',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  more: 'M3 7.6a.4.4 0 1 0 0 .8.4.4 0 0 0 0-.8ZM8 7.6a.4.4 0 1 0 0 .8.4.4 0 0 0 0-.8ZM13 7.6a.4.4 0 1 0 0 .8.4.4 0 0 0 0-.8Z',
  overview: 'M2.5 2.5h11v11h-11zM2.5 6.5h11M7 6.5v7',
  ladder: 'M4.5 1.5v13M11.5 1.5v13M4.5 4.5h7M4.5 8h7M4.5 11.5h7',
  commit: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM8 1v4M8 11v4',
  history: 'M2.5 13.5v-5M6.2 13.5v-9M9.8 13.5v-7M13.5 13.5v-11',
  runs: 'M3.5 2.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3ZM12.5 2.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3ZM12.5 10.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3ZM5 4h6M5 4c3.5 0 2.5 8 6 8',
  play: 'M4.5 2.5v11l9-5.5z',
  project: 'M8 1.8 13.5 5v6L8 14.2 2.5 11V5zM2.5 5 8 8.2 13.5 5M8 8.2v6',
  team: 'M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM1.8 13.5c0-2.5 1.7-4 4.2-4s4.2 1.5 4.2 4M10.8 2.8a2.4 2.4 0 0 1 0 4.4M12 9.8c1.4.5 2.2 1.8 2.2 3.7',
  settings:
    'M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6M10 2.8a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4ZM6 9.8a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4Z',
  ship: 'M2 10h12l-1.8 3.5H3.8zM4 10V6.5h7L14 10M7 6.5v-4',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  moon: 'M13 9.8A5.6 5.6 0 0 1 6.2 3a5.6 5.6 0 1 0 6.8 6.8Z',
  keyboard: 'M1.5 4h13v8h-13zM4 6.7h.01M6.7 6.7h.01M9.3 6.7h.01M12 6.7h.01M5 9.5h6',
  user: 'M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2.8 14c0-2.8 2-4.5 5.2-4.5s5.2 1.7 5.2 4.5',
  link: 'M6.5 9.5 9.5 6.5M7 4.5 8.8 2.7a3.2 3.2 0 0 1 4.5 4.5L11.5 9M9 11.5l-1.8 1.8a3.2 3.2 0 0 1-4.5-4.5L4.5 7',
  filter: 'M2 3.5h12M4.5 8h7M6.5 12.5h3',
  wrap: 'M2.5 3.5h11M2.5 8h9a2.25 2.25 0 0 1 0 4.5H8M9.8 10.7 8 12.5l1.8 1.8M2.5 12.5h2',
  clock: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 4.5V8l2.5 1.5',
  sound: 'M2.5 6h2.8L9 3v10l-3.7-3H2.5zM11.3 5.5a3.5 3.5 0 0 1 0 5M13 3.5a6.5 6.5 0 0 1 0 9',
  eye: 'M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8ZM8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6Z',
  bell: 'M3.5 11.5h9l-1-1.7V7a3.5 3.5 0 0 0-7 0v2.8zM6.7 13.8h2.6',
} as const;

export type IconName = keyof typeof paths;

/** A sign, drawn with one hairline. It means nothing by itself: words or a label stand beside it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className={styles.icon} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
