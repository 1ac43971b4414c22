export const path = '/api/lamp';
export const title = 'The lamp';
export const position = 0;

/** One flash of five seconds in fifteen, from dusk to dawn. */
export const data = (now) => ({ lit: now.getUTCHours() >= 18 || now.getUTCHours() < 6, seconds: 5, every: 15 });

export const card = ({ lit, seconds, every }) =>
  `<p class="figure">${lit ? '✷' : '☼'} <small>${lit ? `${seconds} s in ${every} s` : 'out until dusk'}</small></p>`;
