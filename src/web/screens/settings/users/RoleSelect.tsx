import { useState } from 'react';
import { type Role, roles } from '../../../../contract/endpoint.ts';
import { useUser } from '../../../app/session.ts';
import { Select } from '../../../ui/Field.tsx';
import { roleMeanings } from '../roles.ts';

/** A role, none above one's own, and what it means: the field `role` of a form. */
export function RoleSelect({ initial }: { initial: Role }) {
  const { role: own } = useUser();
  const [role, setRole] = useState(initial);
  return (
    <Select
      label="Role"
      name="role"
      value={role}
      hint={`A ${role} ${roleMeanings[role]}.`.replace('A admin', 'An admin').replace('A owner', 'An owner')}
      onChange={(event) => setRole(roles.find((known) => known === event.target.value) ?? initial)}
      options={roles.map((known) => ({
        value: known,
        label: known,
        disabled: roles.indexOf(known) > roles.indexOf(own),
      }))}
    />
  );
}
