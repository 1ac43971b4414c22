import { type Plan, planChanges } from '../../../../contract/provisioning.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { PlanView } from './PlanView.tsx';

/** What was done: the plans as they were carried out. */
export function Applied({ plans }: { plans: readonly Plan[] }) {
  const skipped = plans.some((plan) => plan.counts.skip > 0);
  const changed = plans.some(planChanges);
  return (
    <>
      <Banner
        tone={skipped ? 'needs-you' : 'good'}
        icon={skipped ? 'bell' : 'check'}
        title={
          skipped
            ? 'Applied, but for what had to be skipped'
            : changed
              ? 'Applied'
              : 'Nothing was left to change'
        }
      />
      {plans.map((plan) => plan.items.length > 0 && <PlanView key={plan.file} plan={plan} tense="past" />)}
    </>
  );
}
