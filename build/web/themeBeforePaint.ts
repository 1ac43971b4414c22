import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { webSource } from './paths.ts';

/**
 * Puts a small script before everything else that sets the theme somebody chose: modules run after the first
 * paint, and the page would flash. A file, since the content security policy forbids scripts in the page.
 */
export function themeBeforePaint(): Plugin {
  let fileName = '';
  return {
    name: 'theme-before-paint',
    apply: 'build',
    async buildStart() {
      const source = await readFile(join(webSource, 'app', 'themeBeforePaint.js'), 'utf8');
      const reference = this.emitFile({ type: 'asset', name: 'theme.js', source });
      fileName = this.getFileName(reference);
    },
    transformIndexHtml: () => [{ tag: 'script', attrs: { src: `./${fileName}` }, injectTo: 'head-prepend' }],
  };
}
