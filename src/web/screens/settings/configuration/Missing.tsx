import { type FormEvent, useId } from 'react';
import { valuesOf } from '../../../features/form/index.ts';
import { Button } from '../../../ui/Button.tsx';
import { TextInput } from '../../../ui/Field.tsx';
import facts from '../facts.module.css';
import styles from './configuration.module.css';

interface MissingProps {
  /** As they are written: `${NAME}`. */
  readonly references: readonly string[];
  /** Those that were given before. */
  readonly values: Readonly<Record<string, string>>;
  readonly pending: boolean;
  /** All values that are known by then. */
  readonly onGiven: (values: Record<string, string>) => void;
}

/** Asks for what the references of a file stand for: nothing is looked up on the server. */
export function Missing({ references, values, pending, onGiven }: MissingProps) {
  const title = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const given = valuesOf(event.currentTarget);
    onGiven({ ...values, ...Object.fromEntries(references.map((name) => [name, given.exact(name)])) });
  };
  return (
    <form className={styles.missing} onSubmit={submit} aria-labelledby={title}>
      <h3 id={title}>What do these stand for?</h3>
      <p className={facts.quiet}>
        The file refers to them. They go with it to the server, and are kept nowhere but in what the file
        makes of them.
      </p>
      {references.map((reference) => (
        <TextInput
          key={reference}
          label={<code>{reference}</code>}
          name={reference}
          type="password"
          required
          autoComplete="off"
        />
      ))}
      <div>
        <Button type="submit" tone="solid" pending={pending} pendingLabel="Planning…">
          Go on with these
        </Button>
      </div>
    </form>
  );
}
