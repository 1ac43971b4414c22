import type { Plugin } from 'vite';

/** Has the browser fetch the font of the text with the first files: else it waits for the styles, and letters jump. */
export function preloadFont(): Plugin {
  return {
    name: 'preload-font',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }) => {
        const font = Object.keys(bundle).find((name) => /-latin-wght-normal-[^/]+\.woff2$/.test(name));
        if (font === undefined) throw new Error('the font of the text is no part of the build any more');
        const attrs = { rel: 'preload', href: `./${font}`, as: 'font', type: 'font/woff2', crossorigin: '' };
        return [{ tag: 'link', attrs, injectTo: 'head' }];
      },
    },
  };
}
