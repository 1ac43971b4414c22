import { Section } from '../../ui/Page.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';

/** As tall as a project usually is. */
export function ProjectSkeleton() {
  return (
    <>
      <Section title="DSN">
        <Skeleton lines={2} width="60%" />
      </Section>
      <Section title="Set up an SDK">
        <Skeleton lines={9} width="40%" />
      </Section>
      <Section title="Keys">
        <Skeleton lines={3} width="80%" />
      </Section>
    </>
  );
}
