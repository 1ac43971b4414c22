import { useState } from 'react';
import type { Plan } from '../../../../contract/provisioning.ts';
import { Button } from '../../../ui/Button.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { isDestructive, summaryOf, takenAway } from './planModel.ts';

interface ApplyButtonProps {
  readonly plans: readonly Plan[];
  readonly pending: boolean;
  readonly onApply: () => void;
}

/** Carries plans out. When something is taken away by it, it asks once more and says what. */
export function ApplyButton({ plans, pending, onApply }: ApplyButtonProps) {
  const [asking, setAsking] = useState(false);
  const destructive = plans.some(isDestructive);
  const apply = () => {
    setAsking(false);
    onApply();
  };
  return (
    <div>
      <Button
        tone={destructive ? 'danger' : 'solid'}
        pending={pending}
        pendingLabel="Applying…"
        onClick={destructive ? () => setAsking(true) : apply}
      >
        Apply: {plans.map((plan) => summaryOf(plan, 'future')).join('; ')}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title="Apply, and delete?"
        tone="danger"
        confirmLabel="Apply it all"
        onConfirm={apply}
      >
        <p>This cannot be undone:</p>
        <ul>
          {plans
            .flatMap((plan) => plan.items)
            .filter((item) => takenAway(item) !== null)
            .slice(0, mostNamed)
            .map((item) => (
              <li key={`${item.kind} ${item.name}`}>
                <strong>
                  {item.kind} {item.name}
                </strong>
                : {takenAway(item)}
              </li>
            ))}
        </ul>
      </ConfirmDialog>
    </div>
  );
}

const mostNamed = 20;
