import { paths } from '../../../app/paths.ts';

/** The page of the deploy with this name, `app/environment#number`. */
export function deployPath(name: string): string {
  const [, app = '', environment = '', number = ''] = /^([^/]+)\/([^#]+)#(\d+)$/.exec(name) ?? [];
  return app === '' ? paths.deploys() : paths.deploy({ app, environment, number: Number(number) });
}
