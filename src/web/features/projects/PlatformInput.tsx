import { TextInput } from '../../ui/Field.tsx';

/** What a project is written in: a form's field `platform`. */
export function PlatformInput({ defaultValue }: { defaultValue: string }) {
  return (
    <>
      <TextInput
        label="Platform"
        name="platform"
        list="platforms"
        pattern="[A-Za-z0-9][A-Za-z0-9._\-]{0,63}"
        title="Letters, digits, dots, hyphens and underscores"
        hint="What it is written in, such as node or python-django. May be empty."
        defaultValue={defaultValue}
        autoCapitalize="none"
        spellCheck={false}
        autoComplete="off"
      />
      <datalist id="platforms">
        {['javascript', 'node', 'python', 'go', 'ruby', 'php', 'java', 'dotnet', 'rust'].map((platform) => (
          <option key={platform} value={platform} />
        ))}
      </datalist>
    </>
  );
}
