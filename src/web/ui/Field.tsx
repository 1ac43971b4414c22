import { type ComponentProps, type ReactNode, useId } from 'react';
import { classes } from './classes.ts';
import styles from './Field.module.css';

export interface FieldProps {
  readonly label: ReactNode;
  /** What to know before one types. */
  readonly hint?: ReactNode;
  /** What is wrong with what was typed. */
  readonly problem?: ReactNode;
  /** The label is there for those who cannot see only: where the place says it already. */
  readonly labelHidden?: boolean | undefined;
}

interface Control {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

/** A control with its label, hint and problem, joined for who listens to them. */
export function Field({
  label,
  hint,
  problem,
  labelHidden = false,
  className,
  children,
}: FieldProps & { className?: string | undefined; children: (control: Control) => ReactNode }) {
  const id = useId();
  const described = [hint ? `${id}-hint` : '', problem ? `${id}-problem` : ''].filter(Boolean).join(' ');
  return (
    <div className={classes(styles.field, className)}>
      <label htmlFor={id} className={labelHidden ? 'visually-hidden' : styles.label}>
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': problem ? true : undefined,
      })}
      {problem && <FieldProblem id={`${id}-problem`}>{problem}</FieldProblem>}
    </div>
  );
}

/** What is wrong with a field; alone, with what several controls say together. */
export function FieldProblem(props: ComponentProps<'p'>) {
  return <p {...props} className={styles.problem} />;
}

export type TextInputProps = FieldProps & ComponentProps<'input'>;

/** One line of text. */
export function TextInput({ label, hint, problem, labelHidden, className, ...rest }: TextInputProps) {
  return (
    <Field {...{ label, hint, problem, labelHidden, className }}>
      {(control) => <input {...rest} {...control} className={styles.control} />}
    </Field>
  );
}

export type TextAreaProps = FieldProps & ComponentProps<'textarea'>;

/** Lines of text; it grows with them. */
export function TextArea({ label, hint, problem, labelHidden, className, ...rest }: TextAreaProps) {
  return (
    <Field {...{ label, hint, problem, labelHidden, className }}>
      {(control) => (
        <textarea rows={3} {...rest} {...control} className={classes(styles.control, styles.area)} />
      )}
    </Field>
  );
}

export type SelectProps = FieldProps &
  Omit<ComponentProps<'select'>, 'children'> & {
    readonly options: readonly {
      readonly value: string;
      readonly label: string;
      readonly disabled?: boolean;
    }[];
  };

/** One of a few. The browser's own: it works on every phone and with every reader. */
export function Select({ label, hint, problem, labelHidden, className, options, ...rest }: SelectProps) {
  return (
    <Field {...{ label, hint, problem, labelHidden, className }}>
      {(control) => (
        <select {...rest} {...control} className={classes(styles.control, styles.select)}>
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export type CheckboxProps = Omit<ComponentProps<'input'>, 'type'> & {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
};

/** Yes or no, with its words beside it. */
export function Checkbox({ label, hint, className, ...rest }: CheckboxProps) {
  const id = useId();
  return (
    <div className={classes(styles.check, className)}>
      <input
        {...rest}
        type="checkbox"
        id={id}
        className={styles.box}
        aria-describedby={hint ? `${id}-hint` : undefined}
      />
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}
