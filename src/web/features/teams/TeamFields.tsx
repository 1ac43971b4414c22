import type { Team } from '../../../contract/teams.ts';
import { TextInput } from '../../ui/Field.tsx';

/** What a team is called: the fields `name` and `slug` of a form. */
export function TeamFields({ team }: { team?: Team }) {
  return (
    <>
      <TextInput
        label="Name"
        name="name"
        maxLength={200}
        autoComplete="off"
        required={team !== undefined}
        defaultValue={team?.name}
        {...(team === undefined ? { hint: 'As people call it. Left empty it is the slug.' } : {})}
      />
      <TextInput
        label="Slug"
        name="slug"
        required
        pattern="[a-z0-9][a-z0-9\-]{0,62}"
        title="Lower-case letters, digits and hyphens"
        hint="Its name in addresses, commands and slipway.yml."
        defaultValue={team?.slug}
        autoCapitalize="none"
        spellCheck={false}
        autoComplete="off"
      />
    </>
  );
}
