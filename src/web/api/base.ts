/** Where this Slipway is, with the path that a proxy may have put in front and without a slash at its end. */
export const origin: string = new URL(
  document.querySelector<HTMLMetaElement>('meta[name="slipway-base"]')?.content ?? '/',
  location.href,
).href.replace(/\/$/, '');

/** The path of that alone: what client-side routes begin with. Empty at the root of a host. */
export const basePath: string = new URL(origin).pathname.replace(/\/$/, '');
