/** Who writes the sample app. */
export interface Author {
  readonly name: string;
  readonly email: string;
}

/** A change of a text that stands once in its file. */
export interface Edit {
  readonly file: string;
  readonly was: string;
  readonly now: string;
}

/** A commit on `branch`, which begins at the tip of main if it is new. */
export interface CommitEntry {
  readonly kind: 'commit';
  readonly branch: string;
  readonly author: Author;
  readonly daysAgo: number;
  readonly message: string;
  readonly adds: readonly string[];
  readonly edits: readonly Edit[];
}

/** The merge of a branch into main, after which the branch is gone. */
export interface MergeEntry {
  readonly kind: 'merge';
  readonly branch: string;
  readonly author: Author;
  readonly daysAgo: number;
  readonly message: string;
}

/** A tag at the tip of main. */
export interface TagEntry {
  readonly kind: 'tag';
  readonly name: string;
  readonly author: Author;
  readonly daysAgo: number;
  readonly message: string;
}

/** What happened in the sample's repository, in the order in which it happened. */
export type StoryEntry = CommitEntry | MergeEntry | TagEntry;

type Changes = { on?: string; adds?: readonly string[]; edits?: readonly Edit[] };

const author = (name: string): Author => ({
  name,
  email: `${name.split(' ')[0]?.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()}@harbor.example`,
});
const ines = author('Ines Duarte');
const tomas = author('Tomáš Kral');
const mira = author('Mira Okonkwo');
const jonas = author('Jonas Lindqvist');
const priya = author('Priya Raman');

const commit = (author: Author, daysAgo: number, message: string, changes: Changes): CommitEntry => ({
  kind: 'commit',
  branch: changes.on ?? 'main',
  author,
  daysAgo,
  message,
  adds: changes.adds ?? [],
  edits: changes.edits ?? [],
});
const merge = (author: Author, daysAgo: number, branch: string, message: string): MergeEntry => ({
  kind: 'merge',
  branch,
  author,
  daysAgo,
  message,
});
const tag = (author: Author, daysAgo: number, name: string, message: string): TagEntry => ({
  kind: 'tag',
  name,
  author,
  daysAgo,
  message,
});
const edit = (file: string, was: string, now: string): Edit => ({ file, was, now });

const tides = 'server/features/tides.js';
const berths = 'server/features/berths.js';
const style = 'web/style.css';
const main = 'server/main.js';

const toTheMinute = 'const clock = (time) => time.toISOString().slice(11, 16);';
const toTheHour = 'const clock = (time) => time.toISOString().slice(11, 13);';

/**
 * Three weeks of the sample app. `sample/app/main` holds the files as they are at their end; what they were
 * before follows from the edits. A directory named after another branch holds the files that only it has.
 */
export const story: readonly StoryEntry[] = [
  commit(ines, 21, 'Harbor: one page, a health check, and how to build and release it', {
    adds: [
      ...['README.md', '.gitignore', 'package.json', 'bin/build', 'bin/test', 'bin/release'],
      ...['server/start', 'server/writeRelease.js', 'server/release.js', 'server/health.js'],
      ...[
        'server/features.js',
        'server/page.js',
        main,
        berths,
        style,
        'test/health.test.js',
        'test/report.js',
      ],
    ],
  }),
  commit(tomas, 20.6, 'Test that every berth is on its card, and on every push (#1)', {
    adds: ['test/berths.test.js', '.github/workflows/test.yml'],
  }),
  commit(mira, 20.1, 'A lighthouse for a logo (#2)', {
    adds: ['web/logo.svg'],
    edits: [
      edit(
        'server/page.js',
        '  <h1>Harbor</h1>',
        `  <img src="/web/\${assets['logo.svg']}" alt="" width="40" height="40">\n  <h1>Harbor</h1>`,
      ),
    ],
  }),
  commit(priya, 19.4, 'Start the handbook (#3)', {
    adds: ['handbook/index.md', 'handbook/build.js', 'handbook/serve.js', 'handbook/start'],
    edits: [
      edit(
        'README.md',
        '`web/` is what people see.',
        '`web/` is what people see, `handbook/` is for the crews.',
      ),
    ],
  }),
  commit(jonas, 18.7, 'Compute high water from the lunar half-day', { on: 'tides', adds: [tides] }),
  commit(jonas, 18.5, 'Test high water against the almanac', {
    on: 'tides',
    adds: ['test/tides.test.js'],
    edits: [edit(tides, 'const periodMs = 12.4 *', 'const periodMs = 12.42 *')],
  }),
  merge(ines, 18.2, 'tides', 'Merge pull request #4 from harbor/tides\n\nWhen is the water high?'),
  commit(priya, 17.3, 'Handbook: how to ask for a berth (#5)', { adds: ['handbook/berthing.md'] }),
  commit(tomas, 16.8, 'Berths: say until when a ship stays (#6)', {
    edits: [edit(berths, `<td>\${ship ?? 'free'}\``, `<td>\${ship ?? 'free'}<td>\${until ?? ''}\``)],
  }),
  commit(mira, 15.9, 'Readable on a phone (#7)', {
    edits: [
      edit(
        style,
        'grid-template-columns: 1fr 1fr 1fr;',
        'grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr));',
      ),
    ],
  }),
  commit(ines, 15.2, 'Health: say for how long it has been up (#8)', {
    edits: [
      edit(
        'server/health.js',
        "export function health(release) {\n  const { sha, environment } = release;\n  return { status: 200, body: { status: 'ok', sha, environment } };",
        "export function health(release, now) {\n  const { sha, environment, startedAt } = release;\n  const seconds = Math.round((now - startedAt) / 1000);\n  return { status: 200, body: { status: 'ok', sha, environment, up_seconds: seconds } };",
      ),
    ],
  }),
  tag(ines, 15.1, 'v1.0', 'Berths and tides'),
  commit(priya, 14.1, 'Handbook: pilots (#9)', { adds: ['handbook/pilots.md'] }),
  commit(jonas, 13.5, "Expected arrivals, from the pilots' list", {
    on: 'arrivals',
    adds: ['server/features/arrivals.js'],
  }),
  commit(mira, 12.9, 'Dark at night (#11)', {
    edits: [
      edit(
        style,
        '  --paper: #faf6ee;\n  --ink: #12343b;\n  --line: #d8cfbd;',
        '  color-scheme: light dark;\n  --paper: light-dark(#faf6ee, #10191b);\n  --ink: light-dark(#12343b, #d9e6e3);\n  --line: light-dark(#d8cfbd, #2c4044);',
      ),
    ],
  }),
  commit(tomas, 12.8, 'Arrivals: the next three are enough', {
    on: 'arrivals',
    edits: [
      edit('server/features/arrivals.js', 'arrivals: pilotsList }', 'arrivals: pilotsList.slice(0, 3) }'),
    ],
  }),
  merge(jonas, 12.6, 'arrivals', 'Merge pull request #10 from harbor/arrivals\n\nWho is expected'),
  commit(jonas, 11.8, 'Tides: round to the hour (#12)', { edits: [edit(tides, toTheMinute, toTheHour)] }),
  commit(
    ines,
    11.2,
    'Revert "Tides: round to the hour" (#13)\n\nPilots need the minute: the Bonaventure waited for 50 of them.',
    { edits: [edit(tides, toTheHour, toTheMinute)] },
  ),
  commit(priya, 10.4, 'Handbook: when the bridge opens (#14)', { adds: ['handbook/bridge.md'] }),
  commit(tomas, 9.7, 'Berths: in order of their names (#15)', {
    edits: [
      edit(berths, 'ships,\n});', 'ships: ships.toSorted((a, b) => a.berth.localeCompare(b.berth)),\n});'),
    ],
  }),
  commit(mira, 8.8, 'Bigger figures, all of one width (#16)', {
    edits: [edit(style, 'font-size: 1.6rem;', 'font-size: 2.6rem;\n  font-variant-numeric: tabular-nums;')],
  }),
  commit(jonas, 7.9, 'Answer HEAD like GET, and refuse the rest (#17)', {
    edits: [
      edit(
        main,
        'const server = createServer((request, response) => {\n',
        "const server = createServer((request, response) => {\n  if (!['GET', 'HEAD'].includes(request.method)) return response.writeHead(405).end();\n",
      ),
    ],
  }),
  commit(priya, 6.7, 'Handbook: pilots listen on channel 14, not 41 (#18)', {
    edits: [edit('handbook/pilots.md', 'channel 41', 'channel 14')],
  }),
  commit(ines, 5.8, 'End within half a second when the host says so (#19)', {
    edits: [
      edit(
        main,
        '  server.close(() => process.exit(0));\n',
        '  server.close(() => process.exit(0));\n  setTimeout(() => server.closeAllConnections(), 500);\n',
      ),
    ],
  }),
  tag(ines, 5.7, 'v1.1', 'Arrivals, and dark at night'),
  commit(tomas, 4.6, "Wind, from the mole's anemometer", { on: 'wind', adds: ['server/features/wind.js'] }),
  commit(mira, 4.4, 'Wind: an arrow that turns', {
    on: 'wind',
    edits: [
      edit(
        'server/features/wind.js',
        '<p class="figure">${from}',
        '<p class="figure"><span class="arrow" style="rotate: ${degrees}deg">↓</span> ${from}',
      ),
      edit(style, 'footer {', '.arrow {\n  display: inline-block;\n}\n\nfooter {'),
    ],
  }),
  merge(tomas, 3.9, 'wind', 'Merge pull request #20 from harbor/wind\n\nHow the wind blows'),
  commit(priya, 2.8, 'Handbook: what the flags on the mole mean (#21)', { adds: ['handbook/flags.md'] }),
  commit(ines, 1.9, 'Berths: the Aurora has sailed (#22)', {
    edits: [
      edit(berths, "ship: 'Aurora', until: 'Thursday'", "ship: 'Aurora', until: 'sailed'"),
      edit(berths, 'ship === null).length', "ship === null || ship === 'Aurora').length"),
    ],
  }),
  commit(mira, 1.1, 'One colour for production, another for the rest (#23)', {
    edits: [
      edit(style, 'header p {', 'header.production {\n  border-color: #b5452c;\n}\n\nheader p {'),
      edit('server/page.js', '<header>', '<header class="${environment}">'),
    ],
  }),
  commit(jonas, 0.2, 'Tides: low water too (#24)', {
    edits: [
      edit(
        tides,
        'export const data = (now) => ({ high_water: highWater(now) });',
        `/** The first low water after \`now\`. */
export function lowWater(now) {
  const after = highWater(now).getTime() + periodMs / 2;
  return new Date(after - periodMs > now.getTime() ? after - periodMs : after);
}

export const data = (now) => ({ high_water: highWater(now), low_water: lowWater(now) });`,
      ),
      edit(
        tides,
        'export const card = ({ high_water }) => `<p class="figure">${clock(high_water)} <small>high</small></p>`;',
        'export const card = ({ high_water, low_water }) => `<p class="figure">${clock(high_water)} <small>high</small></p>\n<p class="figure">${clock(low_water)} <small>low</small></p>`;',
      ),
    ],
  }),

  // Branches that wait to be merged, for a newcomer to ship: one that is good, two that are not.
  commit(ines, 0.15, 'The lamp: lit from dusk to dawn', {
    on: 'lighthouse',
    adds: ['server/features/lamp.js'],
  }),
  commit(jonas, 0.1, 'Tides: a period that is easier to remember', {
    on: 'broken-tests',
    edits: [edit(tides, 'const periodMs = 12.42 *', 'const periodMs = 12 *')],
  }),
  commit(tomas, 0.05, 'Health: not before the tide gauge answers', {
    on: 'broken-health',
    edits: [
      edit(
        'server/health.js',
        "return { status: 200, body: { status: 'ok',",
        "return { status: 503, body: { status: 'the tide gauge does not answer',",
      ),
    ],
  }),
];
