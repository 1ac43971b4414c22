import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import type { InlineConfig } from 'vite';
import { packageRoot, webSource } from './paths.ts';
import { preloadFont } from './preloadFont.ts';
import { themeBeforePaint } from './themeBeforePaint.ts';

/** How the app is built into `outDir`. Addresses are relative: it works below any path. */
export function viteConfig(outDir: string): InlineConfig {
  return {
    ...sharedConfig,
    base: './',
    logLevel: 'warn',
    build: {
      outDir,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      target: 'baseline-widely-available',
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
  };
}

/** What the build and `bin/dev` have in common. */
export const sharedConfig: InlineConfig = {
  configFile: false,
  root: webSource,
  plugins: [react(), themeBeforePaint(), preloadFont()],
  resolve: { alias: [{ find: /^zod$/, replacement: join(import.meta.dirname, 'inertSchemas.ts') }] },
  cacheDir: join(packageRoot, 'node_modules', '.vite'),
};
