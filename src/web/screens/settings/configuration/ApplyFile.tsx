import { type FormEvent, useRef, useState } from 'react';
import { api } from '../../../../contract/index.ts';
import { planChanges } from '../../../../contract/provisioning.ts';
import { useAction } from '../../../api/hooks.ts';
import { usePaletteActions } from '../../../app/palette/actions.ts';
import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Field.tsx';
import { Section } from '../../../ui/Page.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import facts from '../facts.module.css';
import { Applied } from './Applied.tsx';
import { ApplyButton } from './ApplyButton.tsx';
import styles from './configuration.module.css';
import { type Draft, emptyDraft, FileInput } from './FileInput.tsx';
import { Missing } from './Missing.tsx';
import { PlanView } from './PlanView.tsx';
import { ProblemList } from './ProblemList.tsx';
import { fileRefusal, isOnlyIncomplete, offsetOf } from './refusal.ts';

/** A file that is pasted or chosen: first its plan, then the change. */
export function ApplyFile() {
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [values, setValues] = useState<Record<string, string>>({});
  const text = useRef<HTMLTextAreaElement>(null);
  const plan = useAction(api.planConfiguration);
  const apply = useAction(api.applyConfiguration, { onSuccess: () => plan.reset() });
  // A plan is one of the file as it was: whatever changes, it is made anew.
  const change = (next: Draft) => {
    setDraft(next);
    plan.reset();
    apply.reset();
  };
  const bodyWith = (given: Record<string, string>) => {
    const { isLarge: _shown, ...file } = draft;
    return { ...file, values: given };
  };
  const ask = (more: Record<string, string> = values) => {
    setValues(more);
    apply.reset();
    plan.mutate({ body: bodyWith(more) });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!plan.isPending && draft.text.trim() !== '') ask();
  };
  const error = plan.error ?? apply.error;
  const refusal = fileRefusal(error);
  const goTo = (index: number) => {
    const problem = refusal?.problems[index];
    if (problem === undefined || text.current === null) return;
    const offset = offsetOf(draft.text, problem);
    text.current.focus();
    text.current.setSelectionRange(offset, offset);
  };
  usePaletteActions(() => [
    {
      id: 'plan-file',
      label: 'Plan the configuration file',
      group: 'This page',
      run: () => (draft.text.trim() === '' ? text.current?.focus() : ask()),
    },
  ]);
  return (
    <Section title="A file of yours">
      <p className={facts.quiet}>
        A <code>slipway.yml</code>, a fixture file, or both in one. Nothing is written before you have seen
        what would change. What the file does not name stays as it is.
      </p>
      <form className={styles.form} onSubmit={submit}>
        <FileInput draft={draft} onChange={change} textRef={text} />
        <div className={styles.options}>
          <Checkbox
            label="Delete what it no longer names"
            hint="Projects and teams that a file of this name created earlier."
            checked={draft.prune}
            onChange={(event) => change({ ...draft, prune: event.target.checked })}
          />
          <Checkbox
            label="Replace a project whose id changes"
            hint="Otherwise it is renumbered, and keeps its keys and history."
            checked={draft.replace}
            onChange={(event) => change({ ...draft, replace: event.target.checked })}
          />
        </div>
        <div>
          <Button
            type="submit"
            tone={plan.data === undefined ? 'solid' : 'plain'}
            disabled={draft.text.trim() === ''}
            pending={plan.isPending}
            pendingLabel="Planning…"
          >
            Show what would change
          </Button>
        </div>
      </form>
      {refusal !== undefined && !isOnlyIncomplete(refusal) && (
        <div role="alert" className={styles.refusal}>
          <p>
            <strong>
              {refusal.problems.length === 1
                ? 'The file has a problem'
                : `The file has ${refusal.problems.length} problems`}
              .
            </strong>{' '}
            Nothing was written.
          </p>
          <ProblemList
            lines={refusal.problems.map(({ line, column, message }) => `${line}:${column} ${message}`)}
            onGo={draft.isLarge ? undefined : goTo}
          />
        </div>
      )}
      {refusal !== undefined && refusal.unresolved.length > 0 && (
        <Missing references={refusal.unresolved} values={values} pending={plan.isPending} onGiven={ask} />
      )}
      {refusal === undefined && <ProblemNote error={error} />}
      {plan.data && <PlanView plan={plan.data} tense="future" />}
      {plan.data && planChanges(plan.data) && (
        <ApplyButton
          plans={[plan.data]}
          pending={apply.isPending}
          onApply={() => apply.mutate({ body: bodyWith(values) })}
        />
      )}
      {apply.data && <Applied plans={[apply.data]} />}
    </Section>
  );
}
