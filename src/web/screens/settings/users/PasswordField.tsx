import { useState } from 'react';
import { CopyButton } from '../../../ui/CopyButton.tsx';
import { TextInput } from '../../../ui/Field.tsx';
import { shortestPassword } from '../roles.ts';
import styles from './PasswordField.module.css';

/** A password for somebody else, already filled in with one that nobody guesses: the field `password` of a form. */
export function PasswordField() {
  const [password, setPassword] = useState(suggestPassword);
  return (
    <div className={styles.field}>
      <TextInput
        label="Password"
        name="password"
        required
        minLength={shortestPassword}
        maxLength={1000}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        hint="A suggestion. Copy it and hand it over: it is shown only here. They can change it themselves."
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <CopyButton text={password} label="Copy the password" size="normal" />
    </div>
  );
}

// Without 0 O 1 l I: somebody may have to read it aloud.
const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** 116 bits, in groups that can be read. */
function suggestPassword(): string {
  const drawn = Array.from(
    crypto.getRandomValues(new Uint32Array(20)),
    (number) => letters[number % letters.length],
  );
  return drawn.join('').replace(/.{5}(?=.)/g, '$&-');
}
