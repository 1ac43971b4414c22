import { type FormEvent, useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { TextInput } from '../ui/Field.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { Mark } from './Mark.tsx';
import { usePageStatus } from './pageStatus.ts';
import styles from './SignIn.module.css';
import { useNeedsSetUp, useSignIn } from './session.ts';

/** The way in. `ended`: somebody was signed in a moment ago. */
export function SignIn({ ended }: { ended: boolean }) {
  usePageStatus({ title: 'Sign in' });
  const signIn = useSignIn();
  const needsSetUp = useNeedsSetUp();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ username: username.trim(), password });
  };
  return (
    <main className={styles.page}>
      <form className={styles.sheet} onSubmit={submit}>
        <h1 className={styles.brand}>
          <Mark /> Slipway
        </h1>
        <p className={styles.line}>
          {ended
            ? 'You are signed out. Sign in to go on where you were.'
            : 'From commit to healthy production, and back.'}
        </p>
        <TextInput
          label="Username"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus
          value={username}
          onChange={(event) => setUsername(event.target.value)}
        />
        <TextInput
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <ProblemNote error={signIn.error} />
        <Button type="submit" tone="solid" size="large" pending={signIn.isPending} pendingLabel="Signing in…">
          Sign in
        </Button>
        {needsSetUp && (
          <p className={styles.help}>
            Nobody can sign in yet. Open the link that <code>slipway up</code> printed under “start here”: it
            makes you the first owner.
          </p>
        )}
      </form>
    </main>
  );
}
