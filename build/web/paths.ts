import { join } from 'node:path';

export const packageRoot = join(import.meta.dirname, '..', '..');

/** Where the sources of the web app lie. */
export const webSource = join(packageRoot, 'src', 'web');

/** Where the server finds it, built. */
export const webOutput = join(packageRoot, 'dist', 'web');
