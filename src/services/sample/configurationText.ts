import { dirname } from 'node:path';
import type { SamplePorts } from './choosePorts.ts';
import type { SamplePaths } from './samplePaths.ts';

/** The slipway.yml of the sample: made to be read. `origin` is where its pages are, without the port. */
export function configurationText(paths: SamplePaths, origin: string, ports: SamplePorts): string {
  const page = (environment: keyof SamplePorts) => `${origin}:${ports[environment]}`;
  return `# The sample, as \`slipway up --sample\` declares it at each start. To make it your own, copy it and name
# the copy: \`slipway up --config FILE\`. Every key is explained in slipway.example.yml.

repositories:
  harbor:
    url: ${quote(paths.repository)}
    # Push to it, and Slipway sees the commit within seconds.
    fetch_every: 5

# Two apps share the repository; \`paths\` say which commits concern which.
apps:
  harbor:
    repository: harbor
    team: harbor
    paths: ["server/**", "web/**", "bin/**", "package.json"]
    env:
      PATH: ${quote(`${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`)}
      # Where releases are installed. A service manager runs what is \`current\` in each environment's directory.
      HOSTS: ${quote(paths.hosts)}
    steps:
      - name: Build
        argv: [bin/build]
      - name: Test
        argv: [bin/test]
      - name: Release
        argv: [bin/release]
    environments:
${environment('staging', page('staging'))}
${environment('production', page('production'))}        # Of a commit that goes there, the workflow .github/workflows/test.yml must have passed.
        required_checks: ["workflow: Test"]
  handbook:
    repository: harbor
    team: office
    paths: ["handbook/**"]
    env:
      PATH: ${quote(`${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`)}
      HOSTS: ${quote(paths.hosts)}
    steps:
      - name: Build
        run: node handbook/build.js
      - name: Release
        argv: [bin/release]
    environments:
${environment('public', page('public'))}`;
}

/** An environment with a page that must show the commit after a deploy, or the deploy has failed. */
const environment = (name: string, url: string) => `      ${name}:
        ref: main
        url: ${url}
        health:
          url: ${url}/health
          timeout: 10
          contains_sha: true
`;

/** Every JSON string is a YAML string. */
const quote = (text: string): string => JSON.stringify(text);
