import type { ReactNode } from 'react';
import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { useHasRole, useUser } from '../../app/session.ts';
import { Select } from '../../ui/Field.tsx';

export interface TeamSelectProps {
  /** What it says at first, though one may not choose it. */
  readonly current?: string | undefined;
  readonly hint?: ReactNode;
}

/** One of the teams that who is signed in may give something to: admins any, others their own. A form's field `team`. */
export function TeamSelect({ current, hint }: TeamSelectProps) {
  const own = useUser().teams;
  const administers = useHasRole('admin');
  const all = useApi(api.listTeams, {}, { enabled: administers });
  const offered = administers ? (all.data?.items.map((team) => team.slug) ?? own) : own;
  const teams = [...new Set([...(current === undefined ? [] : [current]), ...offered])].sort();
  return (
    <Select
      // Its options come later; the one that is chosen must not be lost.
      key={teams.length}
      label="Team"
      name="team"
      required
      hint={hint}
      defaultValue={current ?? ''}
      options={[
        ...(current === undefined ? [{ value: '', label: 'Choose a team' }] : []),
        ...teams.map((team) => ({ value: team, label: team })),
      ]}
    />
  );
}
