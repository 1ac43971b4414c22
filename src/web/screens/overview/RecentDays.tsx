import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Section } from '../../ui/Page.tsx';
import { formatFilter } from '../deploys/filter.ts';
import { HistoryChart } from '../deploys/HistoryChart.tsx';

/** A bar a day, of all deploys. A bar leads to its day. */
export function RecentDays() {
  const [, navigate] = useLocation();
  return (
    <Section
      title="Deploys a day"
      actions={
        <LinkButton to={paths.deploys()} size="small">
          All deploys
        </LinkButton>
      }
    >
      <HistoryChart
        days={31}
        onChoose={(day) =>
          navigate(`${paths.deploys()}${formatFilter({ since: day, until: day, days: 31 })}`)
        }
      />
    </Section>
  );
}
