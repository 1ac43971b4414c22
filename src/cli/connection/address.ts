import { AppError } from '../../platform/errors.ts';

/** An address as it is saved and compared: with a scheme, without a slash at its end. */
export function normaliseAddress(text: string): string {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${guessScheme(text)}://${text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash) {
    throw new AppError('invalid_input', `"${text}" is no address; write https://slipway.example.com`);
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

const guessScheme = (text: string): string => (/^(localhost|127\.|\[::1\])/.test(text) ? 'http' : 'https');

/** Whether what is sent there can be read on the way. */
export function isExposed(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}
