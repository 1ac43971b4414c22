import { api } from '../../../../contract/index.ts';
import type { Installation } from '../../../../contract/system.ts';
import { origin } from '../../../api/base.ts';
import { useApi } from '../../../api/hooks.ts';
import { useHasRole } from '../../../app/session.ts';
import { sizeText } from '../../../lib/size.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Section } from '../../../ui/Page.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { Time } from '../../../ui/Time.tsx';
import facts from '../facts.module.css';
import { Runners } from './Runners.tsx';

/** What this Slipway is, and how it is. */
export default function AboutSection() {
  const administers = useHasRole('admin');
  const info = useApi(api.showInfo, {}, { fresh: true });
  return (
    <>
      <Section title="Slipway">
        <Loaded query={info} label="Loading" skeleton={<Skeleton lines={3} width="40%" />}>
          {({ version, url_prefix }) => (
            <dl className={facts.facts}>
              <dt>Version</dt>
              <dd>{version}</dd>
              <dt>Address</dt>
              <dd>
                {url_prefix ?? (
                  <>
                    not declared{' '}
                    <span className={facts.quiet}>SLIPWAY_URL_PREFIX says it; DSNs lead there</span>
                  </>
                )}
              </dd>
              <dt>HTTP API</dt>
              <dd>
                <a href={`${origin}/api/v1/docs`}>Documentation</a>,{' '}
                <a href={`${origin}/api/v1/openapi.json`}>OpenAPI</a>
              </dd>
            </dl>
          )}
        </Loaded>
      </Section>
      <Runners />
      {administers && <Data />}
    </>
  );
}

/** For admins: where the data lies, and how much room is left. */
function Data() {
  const installation = useApi(api.showInstallation, {}, { fresh: true });
  return (
    <Section title="Data">
      <Loaded query={installation} label="Loading" skeleton={<Skeleton lines={4} width="50%" />}>
        {(shown) => <DataFacts installation={shown} />}
      </Loaded>
    </Section>
  );
}

function DataFacts({
  installation: { data_directory, disk, database, started_at },
}: {
  installation: Installation;
}) {
  return (
    <dl className={facts.facts}>
      <dt>Directory</dt>
      <dd>
        <code>{data_directory}</code>
      </dd>
      <dt>Its disk</dt>
      <dd>
        {sizeText(disk.free_bytes)} free of {sizeText(disk.total_bytes)}
      </dd>
      <dt>Database</dt>
      <dd>
        PostgreSQL {database.version}, {database.kind}, {sizeText(database.size_bytes)}
      </dd>
      <dt>Server runs</dt>
      <dd>
        since <Time at={started_at} />
      </dd>
    </dl>
  );
}
