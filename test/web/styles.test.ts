import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/platform/settings.ts';

const webSource = join(packageRoot, 'src', 'web');
const sources = readdirSync(webSource, { recursive: true, encoding: 'utf8' }).map((name) =>
  join(webSource, name),
);
const read = (path: string) => readFileSync(path, 'utf8');

/** CSS Module → the classes that files ask of it, and whether one asks by a name that is computed. */
function uses(): Map<string, { asked: Map<string, string>; computed: boolean }> {
  const found = new Map<string, { asked: Map<string, string>; computed: boolean }>();
  for (const file of sources.filter((path) => path.endsWith('.tsx'))) {
    const text = read(file);
    const code = text.replace(/^import .*$/gm, '');
    for (const [, name = '', address = ''] of text.matchAll(/import (\w+) from '([^']+\.module\.css)'/g)) {
      const sheet = join(dirname(file), address);
      const use = found.get(sheet) ?? { asked: new Map(), computed: false };
      for (const [, asked = ''] of code.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g')))
        use.asked.set(asked, file);
      for (const [, asked = ''] of text.matchAll(new RegExp(`\\b${name}\\['([\\w-]+)'\\]`, 'g')))
        use.asked.set(asked, file);
      use.computed ||= new RegExp(`\\b${name}\\[[^']`).test(text);
      found.set(sheet, use);
    }
  }
  return found;
}

const classesOf = (sheet: string) =>
  new Set(
    [
      ...read(sheet)
        .replace(/\/\*.*?\*\/|"[^"]*"/gs, '')
        .matchAll(/\.([A-Za-z_][\w-]*)/g),
    ].map(([, name]) => name),
  );

describe('CSS Modules', () => {
  const sheets = uses();

  it('have every class that a component asks for', () => {
    const missing = [...sheets].flatMap(([sheet, { asked }]) => {
      const known = classesOf(sheet);
      return [...asked].filter(([name]) => !known.has(name)).map(([name, file]) => `${file}: .${name}`);
    });
    expect(missing).toEqual([]);
  });

  it('have no class that nobody asks for, and none stands alone', () => {
    const unused = sources
      .filter((path) => path.endsWith('.module.css'))
      .flatMap((sheet) => {
        const use = sheets.get(sheet);
        if (use === undefined) return [`${sheet} is not imported`];
        if (use.computed) return [];
        return [...classesOf(sheet)]
          .filter((name) => !use.asked.has(name ?? ''))
          .map((name) => `${sheet}: .${name}`);
      });
    expect(unused).toEqual([]);
  });
});

describe('the look', () => {
  const sheets = sources.filter((path) => path.endsWith('.css'));

  it('takes its colours from the tokens, but for the colours of a terminal', () => {
    const outside = sheets
      .filter((path) => !path.endsWith('/tokens.css') && !path.endsWith('/log/log.module.css'))
      .flatMap((path) =>
        [...read(path).matchAll(/#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(/gi)].map(
          ([found]) => `${path}: ${found}`,
        ),
      );
    expect(outside).toEqual([]);
  });

  it('uses no token that does not exist', () => {
    const defined = new Set(
      [...sheets, ...sources.filter((path) => /\.tsx?$/.test(path))].flatMap((path) =>
        [...read(path).matchAll(/(--[\w-]+)['"]?\s*[:\]]/g)].map(([, name]) => name),
      ),
    );
    const ofBaseUi = new Set([
      '--available-height',
      '--available-width',
      '--anchor-width',
      '--anchor-height',
    ]);
    const unknown = sheets.flatMap((path) =>
      [...read(path).matchAll(/var\((--[\w-]+)/g)]
        .filter(([, name = '']) => !defined.has(name) && !ofBaseUi.has(name))
        .map(([, name]) => `${path}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });
});
