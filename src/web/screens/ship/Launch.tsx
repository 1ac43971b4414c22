import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { EnvironmentStatus } from '../../../contract/apps.ts';
import type { Deploy, Preview } from '../../../contract/deploys.ts';
import { api } from '../../../contract/index.ts';
import { useAction } from '../../api/hooks.ts';
import { paths } from '../../app/paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox, TextArea } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { forceOffer } from './forceOffer.ts';
import styles from './Ship.module.css';

export interface LaunchProps {
  readonly app: string;
  readonly environment: EnvironmentStatus;
  readonly preview: Preview;
  readonly shipped: string;
  readonly isStale: boolean;
  /** The server says no: what is shown may not be what is any more. */
  readonly onRefused: () => void;
}

/** The button. What it ships is what is shown: if the ref has moved since, nothing goes out. */
export function Launch({ app, environment, preview, shipped, isStale, onRefused }: LaunchProps) {
  const [, go] = useLocation();
  // Force is for what one looked at when one chose it.
  const [forcedSha, setForcedSha] = useState<string>();
  const [reason, setReason] = useState('');
  const { sha } = preview.changes.candidate;
  const underWay = [environment.active, ...environment.queued].find((deploy) => deploy?.sha === sha);
  const offer = forceOffer(preview, underWay ?? undefined);
  const ship = useAction(api.requestDeploy, { onSuccess: (deploy) => go(paths.deploy(deploy)) });
  const forced = forcedSha === sha;
  const force = forced && offer !== undefined;
  const ready = !isStale && (force ? reason.trim() !== '' : !offer?.needed);
  const onShip = () =>
    ship.mutate(
      {
        params: { app, environment: environment.name },
        body: { ref: shipped, expected_sha: sha, ...(force ? { force: { reason: reason.trim() } } : {}) },
      },
      { onError: onRefused },
    );
  return (
    <section aria-label="Ship it" className={styles.launch}>
      {underWay && <UnderWay deploy={underWay} />}
      {offer !== undefined && (
        <div className={styles.force}>
          <Checkbox
            label={offer.label}
            hint={offer.hint}
            checked={forced}
            onChange={(event) => setForcedSha(event.target.checked ? sha : undefined)}
          />
          {forced && (
            <TextArea
              label="Why"
              hint="It stands in the deploy's history."
              required
              maxLength={2000}
              rows={2}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </div>
      )}
      <div className={styles.button}>
        <ProblemNote error={ship.error} doing="Shipping" />
        <Button
          tone="solid"
          size="large"
          disabled={!ready && !ship.isPending}
          pending={ship.isPending || ship.isSuccess}
          pendingLabel="Shipping…"
          onClick={onShip}
        >
          <Icon name="ship" /> Ship it!
        </Button>
        <span className={styles.what}>
          <code>{sha.slice(0, 8)}</code> to {app}/{environment.name}
        </span>
      </div>
    </section>
  );
}

function UnderWay({ deploy }: { deploy: Deploy }) {
  return (
    <p>
      It is {deploy.state} there already: <Link to={paths.deploy(deploy)}>watch {deploy.name}</Link>
    </p>
  );
}
