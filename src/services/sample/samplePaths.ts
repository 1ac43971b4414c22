import { join } from 'node:path';

/** Where the parts of the sample lie in the data directory. */
export interface SamplePaths {
  readonly repository: string;
  readonly configuration: string;
  /** One directory for each environment: its releases, which one is current, and its log. */
  readonly hosts: string;
  readonly ports: string;
}

export const samplePaths = (directory: string): SamplePaths => ({
  repository: join(directory, 'harbor.git'),
  configuration: join(directory, 'slipway.yml'),
  hosts: join(directory, 'hosts'),
  ports: join(directory, 'ports.json'),
});
