import { AppError } from '../errors.ts';
import { askEngine, type ContainerEngine, lastLine } from './engine.ts';

/**
 * Has an image on this machine: what is here is taken, else it is fetched, and a name without a registry is one of
 * Docker Hub's. `auth`: a directory with a `config.json` that says who asks. Answers the name that it has here.
 */
export async function pullImage(
  engine: ContainerEngine,
  image: string,
  { auth, signal }: { readonly auth: string | null; readonly signal: AbortSignal },
): Promise<string> {
  if (image.startsWith('-') || /\s/.test(image))
    throw new AppError('invalid_input', `${JSON.stringify(image)} is no name of an image`);
  if ((await askEngine(engine, ['image', 'inspect', '--format', '{{.Id}}', image])).code === 0) return image;
  const whole = withRegistry(image);
  const as = auth === null ? [] : ['--authfile', `${auth}/config.json`];
  const reply =
    engine.name === 'podman'
      ? await askEngine(engine, ['pull', '-q', ...as, whole], { timeoutMs: pullMs, signal })
      : await askEngine(
          engine,
          ['--config', auth ?? `${process.env.HOME ?? ''}/.docker`, 'pull', '-q', whole],
          {
            timeoutMs: pullMs,
            signal,
          },
        );
  if (reply.code === 0) return whole;
  throw new AppError(
    'unavailable',
    `the image ${image} is not on this machine and could not be fetched: ${lastLine(reply.errors)}`,
  );
}

const pullMs = 15 * 60 * 1000;

function withRegistry(image: string): string {
  const [first = '', ...rest] = image.split('/');
  if (rest.length === 0) return `docker.io/library/${image}`;
  return /[.:]|^localhost$/.test(first) ? image : `docker.io/${image}`;
}
