// Builds dist/: an HTML page of every Markdown file here, and the little server that shows them.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { writeRelease } from '../server/writeRelease.js';

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist/pages', { recursive: true });
const names = readdirSync('handbook').filter((name) => name.endsWith('.md'));
const links = names.map((name) => `<a href="/${page(name)}">${name.replace('.md', '')}</a>`).join(' · ');

for (const name of names) {
  writeFileSync(`dist/pages/${page(name)}`, toHtml(readFileSync(`handbook/${name}`, 'utf8')));
  console.log(`page  ${page(name)}`);
  await pause(100);
}
cpSync('handbook/serve.js', 'dist/serve.js');
cpSync('handbook/start', 'dist/start');
cpSync('package.json', 'dist/package.json');
writeRelease('dist');

function page(name) {
  return name.replace('.md', '.html');
}

/** Headings, lists and paragraphs: all that the handbook uses. */
function toHtml(markdown) {
  const blocks = markdown.trim().split('\n\n').map((block) => {
    if (block.startsWith('# ')) return `<h1>${block.slice(2)}</h1>`;
    if (block.startsWith('- ')) return `<ul>${block.replace(/^- /gm, '<li>')}</ul>`;
    return `<p>${block}</p>`;
  });
  const style = 'font: 1.1rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem';
  return `<!doctype html>\n<meta charset="utf-8">\n<body style="${style}">\n<nav>${links}</nav>\n${blocks.join('\n')}\n`;
}
