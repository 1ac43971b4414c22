import { checkCommits } from './sample/checkCommits.ts';
import { choosePorts } from './sample/choosePorts.ts';
import { configurationText } from './sample/configurationText.ts';
import { declareSample } from './sample/declareSample.ts';
import { describeSample } from './sample/describeSample.ts';
import { startHost } from './sample/hostProcess.ts';
import { makeRepository } from './sample/makeRepository.ts';
import { sampleClient } from './sample/sampleClient.ts';
import { samplePaths } from './sample/samplePaths.ts';
import { shipFirstCommit, untilFetched } from './sample/shipFirstCommit.ts';
import { slipwayCommand } from './sample/slipwayCommand.ts';
import type { Slipway } from './slipway.ts';

type Say = (line: string) => void;

/** A Slipway with the sample, and what there is to tell people about it. */
export interface SlipwayWithSample extends Slipway {
  readonly lines: readonly string[];
}

/**
 * Sets up the sample beside a Slipway that runs; together they stop. When `stopping` aborts, it ends early.
 * If it fails, Slipway is stopped.
 */
export async function withSample(
  slipway: Slipway,
  say: Say,
  stopping: AbortSignal,
): Promise<SlipwayWithSample> {
  try {
    const sample = await setUpSample(slipway, say, stopping);
    const stop = async (reason: string) => {
      await Promise.all([sample.stop(), slipway.stop(reason)]);
    };
    return { ...slipway, lines: sample.lines, stop };
  } catch (error) {
    await slipway.stop('the sample could not be set up');
    throw error;
  }
}

interface Sample {
  readonly lines: readonly string[];
  stop(): Promise<void>;
}

/**
 * Its repository, the machine that its services run on, its apps, and one deploy to staging. Made once; later
 * starts bring back what was live.
 */
async function setUpSample(slipway: Slipway, say: Say, stopping: AbortSignal): Promise<Sample> {
  const { paths: dataPaths, settings, log, now } = slipway.core;
  const paths = samplePaths(dataPaths.sample);
  const made = await makeRepository(paths.repository, now());
  if (made) say('Making the sample: harbor, a small web service, and three weeks of its history');
  const ports = await choosePorts(paths.ports, settings.host);
  const host = startHost(paths.hosts, settings.host, ports, log);
  try {
    const client = await sampleClient(slipway);
    await declareSample(client, paths, configurationText(paths, originOf(settings.host), ports));
    await untilFetched(client, stopping);
    await checkCommits(client, say, stopping);
    await shipFirstCommit(client, say, stopping);
    const command = slipwayCommand(settings, process.env, process.cwd());
    return { lines: await describeSample(client, paths, command, stopping), stop: host.stop };
  } catch (error) {
    if (stopping.aborted) return { lines: [], stop: host.stop };
    await host.stop();
    throw error;
  }
}

/** Where the services are reached from this machine, without the port. */
function originOf(address: string): string {
  const reachable = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}`;
}
