import { readdirSync } from 'node:fs';

const directory = new URL('./features/', import.meta.url);
const names = readdirSync(directory).filter((name) => name.endsWith('.js'));
const modules = await Promise.all(names.map((name) => import(new URL(name, directory))));

/** All features: `title`, `path` of its data, `position` on the page, `data(now)` and `card(data)`. */
export const features = modules.sort((a, b) => a.position - b.position);
