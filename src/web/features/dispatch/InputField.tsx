import type { DispatchInput } from '../../../contract/runs.ts';
import { Checkbox, Select, TextInput } from '../../ui/Field.tsx';
import { fieldOf } from './inputs.ts';

/** One input of a workflow, as its type asks for it. */
export function InputField({ input, problem }: { input: DispatchInput; problem: string | undefined }) {
  const { name, description, type, required, default: preset, options } = input;
  const common = { name: fieldOf(name), hint: description ?? undefined, problem };
  const label = required ? `${name} (required)` : name;
  if (type === 'boolean')
    return (
      <Checkbox
        name={common.name}
        label={name}
        hint={description ?? undefined}
        defaultChecked={preset === true || preset === 'true'}
      />
    );
  if (type === 'choice')
    return (
      <Select
        {...common}
        label={label}
        defaultValue={String(preset ?? options[0] ?? '')}
        options={options.map((option) => ({ value: option, label: option }))}
      />
    );
  return (
    <TextInput
      {...common}
      label={label}
      type={type === 'number' ? 'number' : 'text'}
      {...(type === 'number' ? { step: 'any' } : {})}
      // An empty field has the default: what is required and has one need not be filled in.
      required={required && preset === null}
      defaultValue={preset === null ? '' : String(preset)}
      spellCheck={false}
      autoCapitalize="none"
      autoComplete="off"
      maxLength={65_535}
    />
  );
}
