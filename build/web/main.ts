import { buildWeb, isFresh } from './build.ts';

/** `bin/web`: builds the web app when what it is made of has changed, and says nothing when it has not. */
if (!(await isFresh())) {
  process.stdout.write('web: building the web app\n');
  await buildWeb();
}
