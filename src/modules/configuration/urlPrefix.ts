/** The address that DSNs lead to, taken apart. */
export interface UrlPrefix {
  readonly text: string;
  readonly scheme: string;
  /** Host and port as they are written, in lower case. */
  readonly address: string;
  readonly host: Host;
  /** Below which the ids stand, without a slash at its end. */
  readonly path: string;
}

export interface Host {
  /** As it is compared: lower case, an internationalised name in its ASCII form. */
  readonly name: string;
  /** null when none is written. */
  readonly port: number | null;
}

/** Takes the `url_prefix` of the settings apart; null when it is no address. */
export function parseUrlPrefix(text: string): UrlPrefix | null {
  const found = /^(https?):\/\/([^/?#@\s]+)([^?#\s]*)$/i.exec(text);
  const host = found && parseHost(found[2] ?? '');
  if (!found || !host || 'problem' in host) return null;
  const [, scheme = '', address = '', path = ''] = found;
  return {
    text,
    scheme: scheme.toLowerCase(),
    address: address.toLowerCase(),
    host,
    path: path.replace(/\/+$/, ''),
  };
}

/** `name`, `name:port` or `[ipv6]:port`. The message completes "its …". */
export function parseHost(text: string): Host | { problem: string } {
  const found = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(text);
  const [, name = '', port] = found ?? [];
  if (name === '') return { problem: 'hostname is missing' };
  if (!URL.canParse(`http://${name}/`)) return { problem: 'hostname is not valid' };
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) > 0 && Number(port) <= 65_535)) {
    return { problem: 'port is no number from 1 to 65535' };
  }
  return { name: new URL(`http://${name}/`).hostname, port: port === undefined ? null : Number(port) };
}

/** Whether a text can be a `url_prefix`. */
export const isUrlPrefix = (text: string): boolean => parseUrlPrefix(text) !== null;
