// The machine that the sample is deployed to, in miniature: a service manager, as systemd would be. It runs what is
// `current` in each environment's directory, so that what a deploy starts outlives the deploy.
//
//   node main.ts DIRECTORY ADDRESS APP/ENVIRONMENT=PORT…
//
// It ends, and its services with it, when its standard input ends or on SIGTERM.
import { join } from 'node:path';
import { superviseService } from './superviseService.ts';

const [directory, address, ...declared] = process.argv.slice(2);
if (directory === undefined || address === undefined || declared.length === 0)
  throw new Error('usage: main.ts DIRECTORY ADDRESS APP/ENVIRONMENT=PORT…');

const services = declared.map((text) => {
  const { app, environment, port } =
    /^(?<app>[^/]+)\/(?<environment>[^=]+)=(?<port>\d+)$/.exec(text)?.groups ?? {};
  if (app === undefined || environment === undefined) throw new Error(`not APP/ENVIRONMENT=PORT: ${text}`);
  return superviseService({
    app,
    environment,
    directory: join(directory, environment),
    address,
    port: Number(port),
  });
});

process.stdin.resume();
process.stdin.once('end', () => void stop());
process.once('SIGTERM', () => void stop());

async function stop(): Promise<void> {
  await Promise.all(services.map((service) => service.stop()));
  process.exit(0);
}
