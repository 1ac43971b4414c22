import { type FormEvent, useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { TextInput } from '../ui/Field.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { Mark } from './Mark.tsx';
import { usePageStatus } from './pageStatus.ts';
import styles from './SignIn.module.css';
import { useSetUp } from './session.ts';

/** The code of a link `#setup=…`, which `slipway up` prints while nobody can sign in. */
export const setUpCodeOf = (hash: string): string | undefined => /^#setup=([\w-]+)$/.exec(hash)?.[1];

/** The first owner of a new Slipway chooses a name and a password. */
export function SetUp({ code }: { code: string }) {
  usePageStatus({ title: 'Welcome' });
  const setUp = useSetUp();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setUp.mutate({ code, username: username.trim(), password });
  };
  return (
    <main className={styles.page}>
      <form className={styles.sheet} onSubmit={submit}>
        <h1 className={styles.brand}>
          <Mark /> Slipway
        </h1>
        <p className={styles.line}>Welcome. You are its first owner: choose how you will sign in.</p>
        <TextInput
          label="Username"
          name="username"
          hint="Lower-case letters, digits, dots, hyphens"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus
          pattern="[a-z0-9][a-z0-9._\-]*"
          value={username}
          onChange={(event) => setUsername(event.target.value)}
        />
        <TextInput
          label="Password"
          name="password"
          hint="At least 10 characters"
          type="password"
          autoComplete="new-password"
          required
          minLength={10}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <ProblemNote error={setUp.error} />
        <Button
          type="submit"
          tone="solid"
          size="large"
          pending={setUp.isPending}
          pendingLabel="Making you owner…"
        >
          Begin
        </Button>
      </form>
    </main>
  );
}
