import { buildWeb, isFresh } from './build.ts';

/** `bin/web [DIRECTORY]`: builds the web app when what it is made of has changed, and says nothing when it has not. */
const output = process.argv[2];

// Whoever calls may be a test, and React of a test's mode is five times as large.
process.env.NODE_ENV = 'production';
if (!(await isFresh(output))) {
  process.stdout.write('web: building the web app\n');
  await buildWeb(output);
}
