import type { Deploy, Preview } from '../../../contract/deploys.ts';

export interface ForceOffer {
  /** Without force the server refuses it. */
  readonly needed: boolean;
  readonly label: string;
  readonly hint: string;
}

/** Whether shipping takes force, or force would skip something; undefined when there is nothing to it. */
export function forceOffer(preview: Preview, underWay: Deploy | undefined): ForceOffer | undefined {
  if (preview.nothing_to_deploy)
    return {
      needed: true,
      label: 'Ship it again',
      hint: 'It is live there already, and nothing failed since. Usually there is nothing to do.',
    };
  if (underWay !== undefined)
    return { needed: true, label: 'Ship it once more', hint: 'It is on its way there already.' };
  const skipped = preview.reasons.filter((reason) => reason.skippable);
  if (skipped.length === 0) return undefined;
  return {
    needed: false,
    label: skipped.length === 1 ? 'Do not wait for the optional check' : 'Do not wait for optional checks',
    hint: skipped.map((reason) => reason.message).join('; '),
  };
}
