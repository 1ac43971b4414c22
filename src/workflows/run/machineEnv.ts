/** What jobs inherit of this machine: where programs are, the language, the way to the network; nothing of a person. */
const inherited = [
  'PATH',
  'LANG',
  'LC_ALL',
  'LC_CTYPE',
  'TZ',
  'USER',
  'LOGNAME',
  'LD_LIBRARY_PATH',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'all_proxy',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'ALL_PROXY',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'CURL_CA_BUNDLE',
  'REQUESTS_CA_BUNDLE',
  'NODE_EXTRA_CA_CERTS',
  'GIT_SSL_CAINFO',
  'JAVA_HOME',
  'GOROOT',
];

const usualPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The environment that jobs begin with, of that of this process. */
export function machineEnvOf(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const machine: Record<string, string> = { PATH: usualPath };
  for (const name of inherited) {
    const value = env[name];
    if (value !== undefined && value !== '') machine[name] = value;
  }
  return machine;
}
