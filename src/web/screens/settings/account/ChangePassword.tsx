import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { api } from '../../../../contract/index.ts';
import { useAction } from '../../../api/hooks.ts';
import { keysOf } from '../../../api/queryKey.ts';
import { useUser } from '../../../app/session.ts';
import { valuesOf } from '../../../features/form/index.ts';
import { Button } from '../../../ui/Button.tsx';
import { TextInput } from '../../../ui/Field.tsx';
import { Section } from '../../../ui/Page.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import facts from '../facts.module.css';
import { shortestPassword } from '../roles.ts';

/** Changes one's own password. */
export function ChangePassword() {
  const { username } = useUser();
  const queries = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const [differs, setDiffers] = useState(false);
  const change = useAction(api.changeMyPassword, {
    onSuccess: () => {
      form.current?.reset();
      void queries.invalidateQueries({ queryKey: keysOf(api.sessions) });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = valuesOf(event.currentTarget);
    const [current, password] = [values.exact('current'), values.exact('password')];
    const same = password === values.exact('again');
    setDiffers(!same);
    if (same && !change.isPending) change.mutate({ body: { current, password } });
  };
  return (
    <Section title="Password">
      <form ref={form} className={facts.form} onSubmit={submit} aria-label="Change your password">
        <input type="hidden" name="username" autoComplete="username" value={username} />
        <TextInput
          label="Current password"
          name="current"
          type="password"
          required
          autoComplete="current-password"
        />
        <TextInput
          label="New password"
          name="password"
          type="password"
          required
          minLength={shortestPassword}
          maxLength={1000}
          autoComplete="new-password"
          hint={`At least ${shortestPassword} characters. Your other sessions end.`}
        />
        <TextInput
          label="New password again"
          name="again"
          type="password"
          required
          autoComplete="new-password"
          problem={differs && 'This is not the same as above.'}
        />
        <ProblemNote error={change.error} />
        <Button type="submit" pending={change.isPending} pendingLabel="Changing…">
          Change password
        </Button>
        {change.isSuccess && (
          <p role="status">Your password is changed, and your other sessions have ended.</p>
        )}
      </form>
    </Section>
  );
}
